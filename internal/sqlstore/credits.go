package sqlstore

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"hathor/internal/library"
)

// roles are the roles of credits in the order they are shown in.
var roles = []library.Role{library.MainArtist, library.AlbumArtist, library.Featured, library.Remixer, library.Composer}

// creditsOf reads texts such as "12artist 7featured" and gives the artists their names.
func (c *Catalogue) creditsOf(ctx context.Context, at epoch, texts []string) ([][]library.Credit, error) {
	credits := make([][]library.Credit, len(texts))
	var ids []library.ArtistID
	for i, text := range texts {
		for word := range strings.FieldsSeq(text) {
			digits := strings.IndexFunc(word, func(r rune) bool { return r < '0' || r > '9' })
			id, err := strconv.ParseInt(word[:digits], 10, 64)
			if err != nil {
				return nil, err
			}
			credits[i] = append(credits[i], library.Credit{ID: library.ArtistID(id), Role: library.Role(word[digits:])})
			ids = append(ids, library.ArtistID(id))
		}
		slices.SortStableFunc(credits[i], func(a, b library.Credit) int {
			return slices.Index(roles, a.Role) - slices.Index(roles, b.Role)
		})
	}
	names, err := namesOf(ctx, c.db, c.names, at, "artists", ids)
	for _, list := range credits {
		for n := range list {
			list[n].Name = names[list[n].ID]
			list[n].Role = roles[max(0, slices.Index(roles, list[n].Role))] // one string for all
		}
	}
	return credits, err
}

// genresNamed reads texts such as "3 5".
func (c *Catalogue) genresNamed(ctx context.Context, at epoch, texts []string) ([][]string, error) {
	lists := make([][]int64, len(texts))
	var ids []int64
	for i, text := range texts {
		for word := range strings.FieldsSeq(text) {
			id, err := strconv.ParseInt(word, 10, 64)
			if err != nil {
				return nil, err
			}
			lists[i], ids = append(lists[i], id), append(ids, id)
		}
	}
	names, err := namesOf(ctx, c.db, c.genreNames, at, "genres", ids)
	genres := make([][]string, len(texts))
	for i, list := range lists {
		for _, id := range list {
			genres[i] = append(genres[i], names[id])
		}
	}
	return genres, err
}

// namesOf are the names of the rows of a table, from memory where it knows them.
func namesOf[ID ~int64](ctx context.Context, db *DB, from *memo[ID, string], at epoch, table string, ids []ID) (map[ID]string, error) {
	names, unknown := recall(from, at.catalogue, ids)
	if len(unknown) == 0 {
		return names, nil
	}
	slices.Sort(unknown)
	places, args := oneOf(slices.Compact(unknown))
	var rows []struct {
		ID   ID     `db:"id"`
		Name string `db:"name"`
	}
	if err := db.list(ctx, &rows, "SELECT id, name FROM "+table+" WHERE id IN "+places, args...); err != nil {
		return nil, err
	}
	for _, row := range rows {
		names[row.ID] = row.Name
		from.put(at.catalogue, row.ID, row.Name)
	}
	return names, nil
}
