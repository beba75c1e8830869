package figures

import (
	"fmt"
	"os"
	"slices"
	"strings"
)

// byHand parts what a run writes from what people write below it.
const byHand = "<!-- What follows is written by hand; a run leaves it as it is. -->"

// Write puts the tables of a run into a file and keeps what people wrote below them.
func Write(file string, run Run, before *Run) error {
	kept := "\n\n## Where the time goes\n"
	if text, err := os.ReadFile(file); err == nil {
		if _, below, found := strings.Cut(string(text), byHand); found {
			kept = below
		}
	}
	return os.WriteFile(file, []byte(tables(run, before)+byHand+kept), 0o644)
}

func tables(run Run, before *Run) string {
	var t strings.Builder
	fmt.Fprintf(&t, `# How fast it is

Written by `+"`make bench`"+`. %s, %s, load %s, program %s.
What each row asks, and how it is measured, is in [README.md](README.md). CPU is the server's own for each request; a
second figure in brackets is PostgreSQL's. Requests per second hold the load generator too, which runs on the same
cores. Navidrome (v0.63.2) and gonic (v0.22.0) were measured once, with 10,000 songs on a machine with two cores.
`, run.Date, run.Machine, run.Load, run.Version)
	if before != nil {
		fmt.Fprintf(&t, "\"Before\" is the run of %s on %s, load %s, program %s: this run's cost divided by that one's.\n", before.Date, before.Machine, before.Load, before.Version)
	}
	sizes, databases := run.spread()
	for _, songs := range sizes {
		for _, database := range databases {
			table(&t, run, before, database, songs)
		}
	}
	growth(&t, run, sizes, databases)
	t.WriteString("\n")
	return t.String()
}

// spread lists the sizes and the databases of a run, in the order they were measured.
func (r Run) spread() (sizes []int, databases []string) {
	for _, f := range r.Figures {
		if !slices.Contains(sizes, f.Songs) {
			sizes = append(sizes, f.Songs)
		}
		if !slices.Contains(databases, f.Database) && f.Database != Nginx {
			databases = append(databases, f.Database)
		}
	}
	slices.Sort(sizes)
	return sizes, databases
}

// Nginx is the "database" of figures that nginx gave.
const Nginx = "nginx"

func table(t *strings.Builder, run Run, before *Run, database string, songs int) {
	fmt.Fprintf(t, "\n## %s songs, %s\n\n", thousands(float64(songs)), databaseName(database))
	t.WriteString("| row | aim | measured | met | before | nginx | Navidrome | gonic |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n")
	for _, row := range Rows() {
		f, there := run.Find(row.ID, database, songs)
		beside, _ := run.Find(row.ID, Nginx, songs)
		measured, met := "none", "no"
		switch {
		case there:
			measured, met = row.show(f), row.met(f, beside)
		case f.Failed:
			measured = "failed: " + f.Missing
		case f.Missing != "":
			measured, met = f.Missing, ""
		default:
			continue // not asked for in this run
		}
		cells := []string{row.Name, row.aim(), measured, met, compared(f, before), row.show(beside), row.Navidrome, row.Gonic}
		fmt.Fprintf(t, "| %s |\n", strings.Join(cells, " | "))
	}
}

// compared is a figure's cost by that of the run before.
func compared(f Figure, before *Run) string {
	if before == nil {
		return ""
	}
	was, there := before.Find(f.Row, f.Database, f.Songs)
	if !there || was.Cost() == 0 || f.Cost() == 0 {
		return ""
	}
	return fmt.Sprintf("x%.2f", f.Cost()/was.Cost())
}

// growth compares the smallest size with the largest.
func growth(t *strings.Builder, run Run, sizes []int, databases []string) {
	if len(sizes) < 2 {
		return
	}
	small, large := sizes[0], sizes[len(sizes)-1]
	fmt.Fprintf(t, "\n## From %s to %s songs\n\nHow many times as much each row costs.\n\n| row | aim |", thousands(float64(small)), thousands(float64(large)))
	for _, database := range databases {
		fmt.Fprintf(t, " %s |", databaseName(database))
	}
	t.WriteString("\n| --- | --- |" + strings.Repeat(" --- |", len(databases)) + "\n")
	for _, row := range Rows() {
		if row.Growth == 0 {
			continue
		}
		fmt.Fprintf(t, "| %s | <= %g |", row.Name, row.Growth)
		for _, database := range databases {
			a, hasA := run.Find(row.ID, database, small)
			b, hasB := run.Find(row.ID, database, large)
			switch ratio := b.Cost() / max(a.Cost(), 1e-9); {
			case !hasA || !hasB:
				t.WriteString(" none |")
			case ratio > row.Growth:
				fmt.Fprintf(t, " **x%.2f** |", ratio)
			default:
				fmt.Fprintf(t, " x%.2f |", ratio)
			}
		}
		t.WriteString("\n")
	}
}

func databaseName(database string) string {
	return map[string]string{"sqlite": "SQLite", "postgres": "PostgreSQL"}[database]
}
