package media_test

import (
	"os"
	"path"
	"slices"
	"strings"
	"testing"
)

// difference is a row of ORACLES.md. Each cell is a list of patterns.
type difference struct {
	who, formats, sets, fields string
	seen                       map[string]bool // who and field
}

// unseen are the pairs of the row that no file showed.
func (d *difference) unseen() (list []string) {
	for who := range strings.SplitSeq(d.who, ",") {
		for field := range strings.SplitSeq(d.fields, ",") {
			if pair := who + " " + field; !d.seen[pair] {
				list = append(list, pair)
			}
		}
	}
	return list
}

func (d *difference) matches(who string, c oracleCase, field string) bool {
	return one(d.who, who) && (one(d.formats, c.format) || one(d.formats, c.format+"/"+c.kind)) && one(d.sets, c.set) && one(d.fields, field)
}

func one(patterns, text string) bool {
	return slices.ContainsFunc(strings.Split(patterns, ","), func(p string) bool {
		ok, _ := path.Match(strings.TrimSpace(p), text)
		return ok
	})
}

func readDifferences(t *testing.T) []*difference {
	t.Helper()
	page, err := os.ReadFile("ORACLES.md")
	if err != nil {
		t.Fatal(err)
	}
	var rows []*difference
	for line := range strings.Lines(string(page)) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if !strings.HasPrefix(line, "| ") || len(cells) != 5 || strings.Contains(cells[0], "---") || strings.TrimSpace(cells[0]) == "who" {
			continue
		}
		for i := range cells {
			cells[i] = strings.ReplaceAll(strings.TrimSpace(cells[i]), "`", "")
		}
		if cells[4] == "" {
			t.Errorf("a row without a reason: %s", line)
		}
		rows = append(rows, &difference{who: cells[0], formats: cells[1], sets: cells[2], fields: cells[3], seen: map[string]bool{}})
	}
	return rows
}
