package archtest

import (
	"fmt"
	"go/ast"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"testing"
)

// longestMain is how many lines a main.go may have: it calls cli and does nothing else.
const longestMain = 19

// habit is a rule about one file; it returns what is wrong.
type habit func(source) []string

var habits = map[string]habit{
	"time comes from clock":      checkTime,
	"no init functions":          checkInit,
	"main is short":              checkMain,
	"SQL stands in sqlstore":     checkSQL,
	"package variables stay put": checkVariables,
	"exported names have docs":   checkDocs,
}

// checkTime finds the machine's clock anywhere but in clock. Since and Until read it too.
func checkTime(s source) []string {
	if s.room() == "clock" || !slices.Contains(s.imports(), "time") {
		return nil
	}
	var wrong []string
	ast.Inspect(s.syntax, func(node ast.Node) bool {
		selector, ok := node.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		pkg, ok := selector.X.(*ast.Ident)
		if ok && pkg.Name == "time" && slices.Contains([]string{"Now", "Since", "Until"}, selector.Sel.Name) {
			wrong = append(wrong, s.at(node, "time.%s: take the time from a clock.Clock", selector.Sel.Name))
		}
		return true
	})
	return wrong
}

func checkInit(s source) []string {
	var wrong []string
	for _, declaration := range s.syntax.Decls {
		function, ok := declaration.(*ast.FuncDecl)
		if ok && function.Recv == nil && function.Name.Name == "init" {
			wrong = append(wrong, s.at(function, "init does work nobody called for"))
		}
	}
	return wrong
}

func checkMain(s source) []string {
	if s.room() != "cmd" || s.lines <= longestMain {
		return nil
	}
	return []string{fmt.Sprintf("%s: %d lines, at most %d: move the work to cli", s.path, s.lines, longestMain)}
}

// statement matches text that can only be meant for a database.
var statement = regexp.MustCompile(`(?is)^\s*(select\s.*\sfrom\s|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s|` +
	`with\s+(recursive\s+)?\w+\s+as\s*\(|(create|alter|drop)\s+(table|index|unique|view|trigger)\s|pragma\s)`)

func checkSQL(s source) []string {
	if s.room() == "sqlstore" {
		return nil
	}
	var wrong []string
	ast.Inspect(s.syntax, func(node ast.Node) bool {
		literal, ok := node.(*ast.BasicLit)
		if !ok || literal.Kind != token.STRING {
			return true
		}
		if text, err := strconv.Unquote(literal.Value); err == nil && statement.MatchString(text) {
			wrong = append(wrong, s.at(node, "SQL outside sqlstore"))
		}
		return true
	})
	return wrong
}

func TestHabits(t *testing.T) {
	all := project(t)
	for name, check := range habits {
		t.Run(name, func(t *testing.T) {
			for _, file := range all {
				if file.isTest() || testOnly[file.room()] != "" {
					continue
				}
				for _, wrong := range check(file) {
					t.Error(wrong)
				}
			}
		})
	}
}

func TestHabitsSeePlantedFaults(t *testing.T) {
	cases := []struct {
		name  string
		check habit
		path  string
		text  string
		wrong int
	}{
		{"now", checkTime, "internal/room/a.go", "import \"time\"\nvar _ = time.Now()", 1},
		{"since", checkTime, "internal/room/a.go", "import \"time\"\nvar _ = time.Since(x)", 1},
		{"now in clock", checkTime, "internal/clock/a.go", "import \"time\"\nvar _ = time.Now()", 0},
		{"a duration", checkTime, "internal/room/a.go", "import \"time\"\nvar _ = time.Second", 0},
		{"init", checkInit, "internal/room/a.go", "func init() {}", 1},
		{"method called init", checkInit, "internal/room/a.go", "func (r Room) init() {}", 0},
		{"long main", checkMain, "cmd/hathor/main.go", "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n", 1},
		{"short main", checkMain, "cmd/hathor/main.go", "func main() {}", 0},
		{"select", checkSQL, "internal/room/a.go", "const q = `SELECT id\n FROM rooms `", 1},
		{"insert", checkSQL, "internal/room/a.go", "const q = \"insert into rooms values (1)\"", 1},
		{"select in the store", checkSQL, "internal/sqlstore/a.go", "const q = `SELECT id FROM rooms`", 0},
		{"plain words", checkSQL, "internal/room/a.go", "const q = \"Select a song to play\"", 0},
		{"bare function", checkDocs, "internal/room/a.go", "func Open() {}", 1},
		{"bare type", checkDocs, "internal/room/a.go", "type Room struct{}", 1},
		{"bare constants", checkDocs, "internal/room/a.go", "const (\n\tA = 1\n\tB = 2\n)", 2},
		{"explained", checkDocs, "internal/room/a.go", "// Open opens.\nfunc Open() {}", 0},
		{"explained as a group", checkDocs, "internal/room/a.go", "// Two.\nconst (\n\tA = 1\n\tB = 2\n)", 0},
		{"unexported", checkDocs, "internal/room/a.go", "func open() {}", 0},
		{"assigned", checkVariables, "internal/room/a.go", "var count int\nfunc f() { count = 1 }", 1},
		{"counted", checkVariables, "internal/room/a.go", "var count int\nfunc f() { count++ }", 1},
		{"put into a map", checkVariables, "internal/room/a.go", "var seen = map[int]bool{}\nfunc f() { seen[1] = true }", 1},
		{"lock", checkVariables, "internal/room/a.go", "import \"sync\"\nvar mu sync.Mutex", 1},
		{"a local of that name", checkVariables, "internal/room/a.go", "var count int\nfunc f() { count := 1; count = 2; _ = count }", 0},
		{"a checked interface", checkVariables, "internal/room/a.go", "var _ I = T{}\nfunc f() { _ = g() }", 0},
		{"only read", checkVariables, "internal/room/a.go", "var names = []string{\"a\"}\nfunc f() string { return names[0] }", 0},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			file, err := parse(c.path, "package sample\n"+c.text+"\n")
			if err != nil {
				t.Fatal(err)
			}
			if found := c.check(file); len(found) != c.wrong {
				t.Errorf("got %q, want %d findings", found, c.wrong)
			}
		})
	}
}
