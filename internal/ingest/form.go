package ingest

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"hathor/internal/fault"
	"hathor/internal/library"
)

// Form is the text fields of an upload as they arrive.
type Form map[string]string

// changes reads the fields that override tags, and names every wrong one. The length is checked and not
// used: what was measured wins.
func (f Form) changes(now time.Time) (c Changes, to target, err error) {
	var checks fault.Checks
	for field, value := range f {
		value = strings.TrimSpace(value)
		switch field {
		case "title":
			c.Title = given(value)
		case "artist":
			c.Artists = givenList(value)
		case "album":
			c.Album = given(value)
		case "genre":
			c.Genres = givenList(value)
		case "year":
			c.Year = number(&checks, field, value)
		case "duration":
			length := number(&checks, field, value)
			checks.Require(length == nil || *length >= 1, field, "Duration must be a whole number of seconds, at least 1")
		case "private":
			to.private = value == "true"
			checks.Require(to.private || value == "false", field, "Private must be true or false")
		case "libraryId":
			to.library = libraryID(&checks, field, value)
		default:
			checks.Require(false, field, "Unknown field")
		}
	}
	checks.Require(c.Year == nil || *c.Year != 0, "year", fmt.Sprintf("Year must be between %d and %d", firstYear, now.Year()))
	checks.Require(!to.private || to.library == 0, "libraryId", "Give a library or private, not both")
	return c, to, merge(checks.Err(), c.check(now))
}

// target is where an upload is to go; the zero value is the first shared library.
type target struct {
	private bool
	library library.ID
}

func libraryID(checks *fault.Checks, field, value string) library.ID {
	if value == "" {
		return 0
	}
	id, err := strconv.ParseInt(value, 10, 64)
	checks.Require(err == nil && id >= 1, field, "Invalid ID")
	return library.ID(id)
}

// given is nil for an empty field: a form sends those too, and they override nothing.
func given(value string) *string {
	if clean(value) == "" {
		return nil
	}
	return &value
}

func givenList(value string) *[]string {
	if text := given(value); text != nil {
		return &[]string{*text}
	}
	return nil
}

func number(checks *fault.Checks, field, value string) *int {
	if value == "" {
		return nil
	}
	n, err := strconv.Atoi(value)
	checks.Require(err == nil, field, strings.ToUpper(field[:1])+field[1:]+" must be a whole number")
	if err != nil {
		return nil
	}
	return &n
}
