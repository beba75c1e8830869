package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/alecthomas/kong"
	"gopkg.in/yaml.v3"
)

// DefaultFile is read when it is there and no other file is named.
const DefaultFile = "hathor.yaml"

// Sources gives kong the values of the file and the environment: a flag beats the environment, which
// beats the file, which beats the default. It remembers where each value came from and collects what is
// wrong instead of stopping at the first. Use one for one parse.
type Sources struct {
	environment func(name string) (string, bool)
	file        map[string]any
	fileName    string
	origins     map[string]string
	wrong       []string
}

// NewSources reads the file, DefaultFile when its name is empty; a file that cannot be read is one of the
// things that Check reports. environment is os.LookupEnv, or a test's own.
func NewSources(fileName string, environment func(string) (string, bool)) *Sources {
	s := &Sources{environment: environment, fileName: fileName, origins: map[string]string{}}
	if fileName == "" {
		s.fileName = DefaultFile
	}
	text, err := os.ReadFile(s.fileName)
	if fileName == "" && errors.Is(err, fs.ErrNotExist) {
		return s
	}
	if err == nil {
		err = yaml.Unmarshal(text, &s.file)
	}
	if err != nil {
		s.wrong = append(s.wrong, fmt.Sprintf("read configuration %s: %v", s.fileName, err))
	}
	return s
}

// Validate satisfies kong.Resolver; Check says what is wrong, all at once.
func (s *Sources) Validate(*kong.Application) error { return nil }

// Resolve answers the text of a flag that the command line does not give, nil when nobody gives it.
func (s *Sources) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	text, origin, given := s.lookup(flag)
	if !given {
		return nil, nil
	}
	s.origins[flag.Name] = origin
	scratch := reflect.New(flag.Target.Type()).Elem()
	scan := kong.Scan().PushTyped(text, kong.FlagValueToken)
	if err := flag.Mapper.Decode(&kong.DecodeContext{Value: flag.Value, Scan: scan}, scratch); err != nil {
		s.note(origin, show(flag, text), err)
		return nil, nil
	}
	return text, nil
}

func (s *Sources) lookup(flag *kong.Flag) (text, origin string, given bool) {
	if variable := flag.Tag.Get("environment"); variable != "" {
		if text, set := s.environment(variable); set && text != "" {
			return text, "environment " + variable, true
		}
	}
	value, given := s.file[flag.Name]
	if !given || value == nil || flag.Tag.Get("environment") == "" {
		return "", "", false
	}
	origin = s.fileName + ": " + flag.Name
	if on, is := value.(bool); is && flag.Target.Kind() == reflect.Bool {
		return strconv.FormatBool(on), origin, true
	}
	text, err := textOf(value)
	if err != nil {
		s.note(origin, "the value", err)
		return "", "", false
	}
	return text, origin, text != ""
}

func (s *Sources) note(origin, value string, err error) {
	s.wrong = append(s.wrong, fmt.Sprintf("%s: %s: %v", origin, value, err))
}

// show quotes a wrong value unless it is a secret.
func show(flag *kong.Flag, text string) string {
	if flag.Tag.Has("secret") {
		return "the value"
	}
	return fmt.Sprintf("%q", text)
}

// textOf writes a value of the file as the environment would have it: a list is comma-separated.
func textOf(value any) (string, error) {
	switch v := value.(type) {
	case []any:
		parts := make([]string, len(v))
		for i, one := range v {
			part, err := textOf(one)
			if err != nil {
				return "", err
			}
			parts[i] = part
		}
		return kong.JoinEscaped(parts, ','), nil
	case map[string]any, map[any]any:
		return "", errors.New("want a single value or a list")
	case bool:
		// YAML reads a bare off as false; these are settings that are no yes or no.
		if !v {
			return "off", nil
		}
		return "on", nil
	}
	return fmt.Sprint(value), nil
}

// Check returns everything that is wrong with the configuration at once, each line with where it stands.
func (s *Sources) Check(c *Config) error {
	wrong := slices.Clone(s.wrong)
	wrong = append(wrong, s.unknown()...)
	wrong = append(wrong, s.unsupported()...)
	wrong = append(wrong, c.contradictions()...)
	if len(wrong) == 0 {
		return nil
	}
	slices.Sort(wrong)
	return errors.New("the configuration is wrong:\n  " + strings.Join(wrong, "\n  "))
}

// unknown names keys of the file that are no setting.
func (s *Sources) unknown() []string {
	var wrong []string
	for key := range s.file {
		if !slices.ContainsFunc(settings(), func(one setting) bool { return one.key == key }) && later[variableOf(key)] == "" {
			wrong = append(wrong, fmt.Sprintf("%s: unknown key %q", s.fileName, key))
		}
	}
	return wrong
}
