package archtest

import (
	"go/ast"
	"go/token"
	"slices"
)

// checkVariables finds package variables that change while the program runs: those assigned in a function
// of the same file, and locks, which are only there to guard such a change.
func checkVariables(s source) []string {
	variables, wrong := packageVariables(s)
	for _, declaration := range s.syntax.Decls {
		function, ok := declaration.(*ast.FuncDecl)
		if !ok || function.Body == nil {
			continue
		}
		locals := localNames(function)
		for _, target := range assigned(function.Body) {
			if slices.Contains(variables, target.Name) && !locals[target.Name] {
				wrong = append(wrong, s.at(target, "package variable %s changes: keep it in a value that is passed", target.Name))
			}
		}
	}
	return wrong
}

// packageVariables lists the variables of the file, and findings for locks among them.
func packageVariables(s source) (names []string, wrong []string) {
	for _, declaration := range s.syntax.Decls {
		group, ok := declaration.(*ast.GenDecl)
		if !ok || group.Tok != token.VAR {
			continue
		}
		for _, spec := range group.Specs {
			value := spec.(*ast.ValueSpec)
			if selector, ok := value.Type.(*ast.SelectorExpr); ok && isLock(selector) {
				wrong = append(wrong, s.at(value, "a lock for the whole package guards a global"))
			}
			for _, name := range value.Names {
				if name.Name != "_" {
					names = append(names, name.Name)
				}
			}
		}
	}
	return names, wrong
}

func isLock(selector *ast.SelectorExpr) bool {
	pkg, ok := selector.X.(*ast.Ident)
	return ok && pkg.Name == "sync" && slices.Contains([]string{"Mutex", "RWMutex", "Map", "Once"}, selector.Sel.Name)
}

// assigned lists the names that a body assigns to, directly or through a field or an index.
func assigned(body ast.Node) []*ast.Ident {
	var targets []*ast.Ident
	add := func(expression ast.Expr) {
		if name := root(expression); name != nil {
			targets = append(targets, name)
		}
	}
	ast.Inspect(body, func(node ast.Node) bool {
		switch statement := node.(type) {
		case *ast.AssignStmt:
			if statement.Tok != token.DEFINE {
				for _, left := range statement.Lhs {
					add(left)
				}
			}
		case *ast.IncDecStmt:
			add(statement.X)
		}
		return true
	})
	return targets
}

// root is the name an expression such as a.b[c].d starts with, nil when it starts with a call.
func root(expression ast.Expr) *ast.Ident {
	switch e := expression.(type) {
	case *ast.Ident:
		return e
	case *ast.SelectorExpr:
		return root(e.X)
	case *ast.IndexExpr:
		return root(e.X)
	case *ast.StarExpr:
		return root(e.X)
	}
	return nil
}

// localNames are the names a function declares anywhere, parameters included.
func localNames(function *ast.FuncDecl) map[string]bool {
	names := map[string]bool{}
	ast.Inspect(function, func(node ast.Node) bool {
		switch n := node.(type) {
		case *ast.Field:
			addNames(names, n.Names)
		case *ast.ValueSpec:
			addNames(names, n.Names)
		case *ast.RangeStmt:
			addExpressions(names, n.Key, n.Value)
		case *ast.AssignStmt:
			if n.Tok == token.DEFINE {
				addExpressions(names, n.Lhs...)
			}
		}
		return true
	})
	return names
}

func addNames(names map[string]bool, identifiers []*ast.Ident) {
	for _, identifier := range identifiers {
		names[identifier.Name] = true
	}
}

func addExpressions(names map[string]bool, expressions ...ast.Expr) {
	for _, expression := range expressions {
		if identifier, ok := expression.(*ast.Ident); ok {
			names[identifier.Name] = true
		}
	}
}
