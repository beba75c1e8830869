package config

import (
	"encoding"
	"fmt"
	"io"
	"net/url"
	"reflect"
	"strings"
	"time"

	"github.com/alecthomas/kong"
	"gopkg.in/yaml.v3"
)

const masked = "********"

// setting is one field of Config with the names it goes by.
type setting struct {
	field    reflect.StructField
	key      string // in the file, and the flag after --
	variable string
}

// settings lists the fields of Config in their order.
func settings() []setting {
	all := make([]setting, 0, 32)
	for field := range reflect.TypeFor[Config]().Fields() {
		variable := field.Tag.Get("environment")
		all = append(all, setting{field, keyOf(variable), variable})
	}
	return all
}

// FlagName is the flag of a field, for kong.FlagNamer: DatabaseURL is database-url, as its variable says.
func FlagName(field string) string {
	for _, one := range settings() {
		if one.field.Name == field {
			return one.key
		}
	}
	return strings.ToLower(field)
}

// Help adds the variable's name to a flag's help, for kong.ValueFormatter.
func Help(value *kong.Value) string {
	if variable := value.Tag.Get("environment"); variable != "" {
		return value.Help + " ($" + variable + ")"
	}
	return value.Help
}

// Print writes the configuration as a YAML file that can be used again but for its secrets, which are
// masked. Beside each value stands where it came from.
func (s *Sources) Print(w io.Writer, c *Config) error {
	document := &yaml.Node{Kind: yaml.MappingNode}
	values := reflect.ValueOf(c).Elem()
	for _, one := range settings() {
		text, err := printed(values.FieldByIndex(one.field.Index), one.field.Tag.Get("secret"))
		if err != nil {
			return fmt.Errorf("print %s: %w", one.key, err)
		}
		value := &yaml.Node{}
		if err := value.Encode(text); err != nil {
			return fmt.Errorf("print %s: %w", one.key, err)
		}
		key := &yaml.Node{Kind: yaml.ScalarNode, Value: one.key}
		value.LineComment = s.origin(one)
		if value.Kind == yaml.SequenceNode && len(value.Content) > 0 {
			key.HeadComment, value.LineComment = value.LineComment, ""
		}
		document.Content = append(document.Content, key, value)
	}
	encoder := yaml.NewEncoder(w)
	encoder.SetIndent(2)
	if err := encoder.Encode(document); err != nil {
		return err
	}
	return encoder.Close()
}

// Value is a setting in force, as people read it.
type Value struct {
	Key      string // in the file, and the flag after --
	Variable string // of the environment
	Value    string // secrets are masked, lists are comma-separated
	Origin   string // "default", "environment PORT", "flag --port", "hathor.yaml: port"
	Secret   bool
}

// Values lists the configuration in force in the order of its fields, as Print writes it.
func (s *Sources) Values(c *Config) ([]Value, error) {
	values := reflect.ValueOf(c).Elem()
	var list []Value
	for _, one := range settings() {
		secret := one.field.Tag.Get("secret")
		shown, err := printed(values.FieldByIndex(one.field.Index), secret)
		if err != nil {
			return nil, fmt.Errorf("print %s: %w", one.key, err)
		}
		list = append(list, Value{
			Key: one.key, Variable: one.variable, Value: oneLine(reflect.ValueOf(shown)), Origin: s.origin(one), Secret: secret != "",
		})
	}
	return list, nil
}

func oneLine(value reflect.Value) string {
	if value.Kind() != reflect.Slice {
		return fmt.Sprint(value.Interface())
	}
	parts := make([]string, value.Len())
	for i := range parts {
		parts[i] = fmt.Sprint(value.Index(i).Interface())
	}
	return strings.Join(parts, ", ")
}

// FromFlag notes that the command line gave a setting.
func (s *Sources) FromFlag(name string) { s.origins[name] = "flag --" + name }

func (s *Sources) origin(one setting) string {
	if origin := s.origins[one.key]; origin != "" {
		return origin
	}
	return "default"
}

// printed is a value as the file would have it.
func printed(value reflect.Value, secret string) (any, error) {
	switch {
	case value.IsZero() && value.Kind() == reflect.String:
		return "", nil
	case secret == "value":
		return masked, nil
	case secret == "url":
		return withoutPassword(value.String()), nil
	}
	switch v := value.Interface().(type) {
	case time.Duration:
		return short(v), nil
	case Networks:
		text, err := v.MarshalText()
		return string(text), err
	case encoding.TextMarshaler:
		text, err := v.MarshalText()
		return string(text), err
	}
	return value.Interface(), nil
}

// withoutPassword masks what a database address says after the user's colon or as a password parameter.
func withoutPassword(text string) string {
	address, err := url.Parse(text)
	if err != nil {
		return masked
	}
	if _, has := address.User.Password(); has {
		address.User = url.UserPassword(address.User.Username(), masked)
	}
	query := address.Query()
	for _, name := range []string{"password", "sslpassword"} {
		if query.Has(name) {
			query.Set(name, masked)
			address.RawQuery = query.Encode()
		}
	}
	return strings.ReplaceAll(address.String(), url.QueryEscape(masked), masked)
}
