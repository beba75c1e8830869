package backup

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"unicode/utf8"
)

// longestLine bounds what one row may take in memory.
const longestLine = 64 << 20

// appendRow writes a row as a JSON object and a line break: the columns in their order, no spaces, so that
// equal rows are equal bytes whatever database they come from.
func appendRow(to []byte, columns []Column, row []any) ([]byte, error) {
	for i, c := range columns {
		to = append(to, map[bool]byte{true: '{', false: ','}[i == 0])
		to = append(appendText(to, c.Name), ':')
		var err error
		if to, err = appendValue(to, row[i]); err != nil {
			return nil, fmt.Errorf("column %s: %w", c.Name, err)
		}
	}
	return append(to, '}', '\n'), nil
}

func appendValue(to []byte, value any) ([]byte, error) {
	switch v := value.(type) {
	case nil:
		return append(to, "null"...), nil
	case int64:
		return strconv.AppendInt(to, v, 10), nil
	case bool:
		return strconv.AppendBool(to, v), nil
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil, errors.New("JSON has no such number")
		}
		return strconv.AppendFloat(to, v, 'g', -1, 64), nil
	case []byte:
		to = base64.StdEncoding.AppendEncode(append(to, '"'), v)
		return append(to, '"'), nil
	case string:
		if utf8.ValidString(v) {
			return appendText(to, v), nil
		}
		to = base64.StdEncoding.AppendEncode(append(to, `{"base64":"`...), []byte(v))
		return append(to, `"}`...), nil
	}
	return nil, fmt.Errorf("no kind of value is a %T", value)
}

const hexDigits = "0123456789abcdef"

// appendText writes a string with as few escapes as JSON allows.
func appendText(to []byte, text string) []byte {
	to = append(to, '"')
	for _, c := range []byte(text) {
		switch {
		case c == '"' || c == '\\':
			to = append(to, '\\', c)
		case c < ' ':
			to = append(to, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		default:
			to = append(to, c)
		}
	}
	return append(to, '"')
}

// parseRow reads a line back, and takes nothing but what appendRow writes.
func parseRow(line []byte, columns []Column) ([]any, error) {
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.UseNumber()
	var fields map[string]any
	if err := decoder.Decode(&fields); err != nil {
		return nil, errors.New("a row is no JSON")
	}
	row := make([]any, len(columns))
	for i, c := range columns {
		value, ok := fields[c.Name]
		if !ok {
			return nil, fmt.Errorf("a row lacks %s", c.Name)
		}
		var err error
		if row[i], err = parseValue(value, c.Kind); err != nil {
			return nil, fmt.Errorf("column %s: %w", c.Name, err)
		}
	}
	again, err := appendRow(make([]byte, 0, len(line)), columns, row)
	if err != nil || !bytes.Equal(again, line) {
		return nil, errors.New("a row is not written as this program writes it")
	}
	return row, nil
}

var errKind = errors.New("a value is not of its column's kind")

func parseValue(value any, kind Kind) (any, error) {
	switch v := value.(type) {
	case nil:
		return nil, nil
	case bool:
		if kind == Boolean {
			return v, nil
		}
	case json.Number:
		switch kind {
		case Integer:
			return v.Int64()
		case Real:
			return v.Float64()
		}
	case string:
		switch kind {
		case Text:
			return v, nil
		case Bytes:
			return base64.StdEncoding.DecodeString(v)
		}
	case map[string]any:
		encoded, ok := v["base64"].(string)
		if ok && kind == Text {
			raw, err := base64.StdEncoding.DecodeString(encoded)
			return string(raw), err
		}
	}
	return nil, errKind
}
