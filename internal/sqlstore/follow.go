package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"strings"
)

// Follower is told when a statement begins and, by the function it returns, how it ended.
type Follower func(ctx context.Context, s Statement) (context.Context, func(error))

// Statement is a statement with its values, which nobody outside is told.
type Statement struct {
	query string
	args  []any
}

// Name says what the statement does, without a value of anybody's: "SELECT songs".
func (s Statement) Name() string { return operation(s.query) }

// Follow tells f of every statement from now on. It may be called once, before the database is used.
func (db *DB) Follow(f Follower) { db.follow = f }

// begin tells the follower, if there is one.
func (db *DB) begin(ctx context.Context, query string, args []any) (context.Context, func(error)) {
	if db.follow == nil {
		return ctx, unfollowed
	}
	ctx, end := db.follow(ctx, Statement{query, args})
	return ctx, func(err error) {
		if errors.Is(err, sql.ErrNoRows) {
			err = nil // an answer like any other
		}
		end(err)
	}
}

func unfollowed(error) {}

// operation is the statement's verb and its first table: "SELECT songs".
func operation(query string) string {
	words := strings.Fields(query)
	if len(words) == 0 {
		return "SQL"
	}
	verb := strings.ToUpper(words[0])
	for i, word := range words[:len(words)-1] {
		word = strings.ToUpper(strings.Trim(word, "()"))
		if table := strings.Trim(words[i+1], "(),;"); (word == "FROM" || word == "INTO" || word == "UPDATE" || word == "TABLE") && table != "" && strings.ToUpper(table) != "SELECT" {
			return verb + " " + strings.ToLower(table)
		}
	}
	return verb
}
