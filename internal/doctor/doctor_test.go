package doctor_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"hathor/internal/doctor"
)

func TestTheCodeIsTheWorst(t *testing.T) {
	r := &doctor.Report{}
	for want, note := range []func(){
		func() { r.OK("a", "well") },
		func() { r.Warn("b", "look", "odd") },
		func() { r.Fail("c", "mend", "broken") },
	} {
		note()
		r.OK("d", "well again")
		if got := r.Code(); got != want {
			t.Errorf("got %d, want %d", got, want)
		}
	}
}

// shelf is a store of which only sizes are asked.
type shelf map[string]int64

func (s shelf) Walk(_ context.Context, visit func(string, int64) error) error {
	for key, size := range s {
		if err := visit(key, size); err != nil {
			return err
		}
	}
	return nil
}

func (shelf) Open(context.Context, string) (io.ReadCloser, error) {
	return nil, errors.New("not asked for")
}

func TestCompare(t *testing.T) {
	store := shelf{"a": 1, "b": 2, "c": 3, "stray": 4}
	named := []doctor.Object{{Key: "a", Size: 1}, {Key: "b", Size: 7}, {Key: "c", Size: -1}, {Key: "lost", Size: 1}}
	found, err := doctor.Compare(t.Context(), named, store, false)
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Join([]string{strings.Join(found.Lost, ","), strings.Join(found.Wrong, ","), strings.Join(found.Unnamed, ",")}, " ")
	if got != "lost b stray" || found.Named != 4 {
		t.Errorf("got %s of %d", got, found.Named)
	}
	if _, err := doctor.Compare(t.Context(), named, store, true); err == nil {
		t.Error("bytes that cannot be read are taken for right")
	}
}
