package load

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
)

// longestHead bounds the header of an answer.
const longestHead = 16 << 10

// answer follows one answer as its bytes come in.
type answer struct {
	head    []byte // until it is whole
	status  int
	left    int64 // bytes of the body still to come, where its length is known
	chunked bool
	tail    []byte // the last bytes of a chunked body
	closes  bool   // the server closes the connection behind it
}

// lastChunk ends a chunked body without trailers. JSON has no line breaks of this kind within.
var lastChunk = []byte("0\r\n\r\n")

func (a *answer) reset() { *a = answer{head: a.head[:0], tail: a.tail[:0]} }

// take reads on. It is told bytes of one answer only, for the next request is sent when it is over.
func (a *answer) take(p []byte) (over bool, err error) {
	if a.status == 0 {
		a.head = append(a.head, p...)
		end := bytes.Index(a.head, []byte("\r\n\r\n"))
		if end < 0 {
			if len(a.head) > longestHead {
				return false, errors.New("the header of an answer has no end")
			}
			return false, nil
		}
		if err := a.parse(a.head[:end]); err != nil {
			return false, err
		}
		p = a.head[end+4:]
	}
	if a.chunked {
		a.tail = append(a.tail, p[max(0, len(p)-len(lastChunk)):]...)
		a.tail = a.tail[max(0, len(a.tail)-len(lastChunk)):]
		return bytes.Equal(a.tail, lastChunk), nil
	}
	a.left -= int64(len(p))
	if a.left < 0 {
		return false, errors.New("an answer is longer than it says")
	}
	return a.left == 0, nil
}

func (a *answer) parse(head []byte) (err error) {
	line, rest, _ := bytes.Cut(head, []byte("\r\n"))
	if len(line) < 12 || !bytes.HasPrefix(line, []byte("HTTP/1.1 ")) {
		return fmt.Errorf("no answer of HTTP/1.1: %q", line)
	}
	if a.status, err = strconv.Atoi(string(line[9:12])); err != nil {
		return fmt.Errorf("no status: %q", line)
	}
	a.left = -1
	for len(rest) > 0 {
		line, rest, _ = bytes.Cut(rest, []byte("\r\n"))
		name, value, _ := bytes.Cut(line, []byte(":"))
		value = bytes.TrimSpace(value)
		switch {
		case bytes.EqualFold(name, []byte("Content-Length")):
			if a.left, err = strconv.ParseInt(string(value), 10, 64); err != nil {
				return fmt.Errorf("no length: %q", line)
			}
		case bytes.EqualFold(name, []byte("Transfer-Encoding")):
			a.chunked = bytes.EqualFold(value, []byte("chunked"))
		case bytes.EqualFold(name, []byte("Connection")):
			a.closes = bytes.EqualFold(value, []byte("close"))
		}
	}
	if a.left < 0 && !a.chunked {
		if a.status != 204 && a.status != 304 {
			return errors.New("an answer does not say how long it is")
		}
		a.left = 0
	}
	return nil
}
