package archtest

import "go/ast"

// checkDocs finds exported types, functions, constants and variables without a comment. Methods are left
// out: those that only satisfy an interface are explained there.
func checkDocs(s source) []string {
	var wrong []string
	for _, declaration := range s.syntax.Decls {
		switch d := declaration.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil && d.Name.IsExported() && d.Doc == nil {
				wrong = append(wrong, s.at(d, "%s has no comment", d.Name.Name))
			}
		case *ast.GenDecl:
			if d.Doc == nil {
				wrong = append(wrong, bareSpecs(s, d)...)
			}
		}
	}
	return wrong
}

// bareSpecs looks into a group that has no comment of its own.
func bareSpecs(s source, group *ast.GenDecl) []string {
	var wrong []string
	for _, spec := range group.Specs {
		switch one := spec.(type) {
		case *ast.TypeSpec:
			if one.Name.IsExported() && one.Doc == nil && one.Comment == nil {
				wrong = append(wrong, s.at(one, "%s has no comment", one.Name.Name))
			}
		case *ast.ValueSpec:
			if one.Names[0].IsExported() && one.Doc == nil && one.Comment == nil {
				wrong = append(wrong, s.at(one, "%s has no comment", one.Names[0].Name))
			}
		}
	}
	return wrong
}
