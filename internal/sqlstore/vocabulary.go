package sqlstore

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"hathor/internal/library"
)

// vocabulary are all words of the catalogue that a mistyped one may have been meant to be, those of private
// libraries too: what is found by them is still only what the asker may hear. It is read once and then only what
// is new. The zero value is ready.
type vocabulary struct {
	mu        sync.Mutex
	catalogue string // the epoch it was read at
	last      int64
	words     []string
}

// maxMeant is how many words a mistyped one may stand for.
const maxMeant = 64

// near are the beginnings of words that are one typo away from the word, none twice and in their order.
func (c *Catalogue) near(ctx context.Context, at epoch, word string) ([]string, error) {
	if meant, ok := c.meant.get(at.catalogue, word); ok {
		return meant, nil
	}
	words, err := c.words(ctx, at)
	if err != nil {
		return nil, err
	}
	var meant []string
	for _, other := range words {
		if unlike(word, other) {
			continue
		}
		if beginning := library.Nearly(word, other); beginning != "" {
			meant = append(meant, beginning)
		}
	}
	slices.Sort(meant)
	meant = slices.Compact(meant)
	meant = meant[:min(len(meant), maxMeant)]
	c.meant.put(at.catalogue, word, meant)
	return meant, nil
}

// unlike tells of most words by two bytes of each that no single typo lies between them: of a pair with one, the
// first or the second letters are the same, or the first of one is the second of the other.
func unlike(word, other string) bool {
	if word[0]|word[1]|other[0]|other[1] >= utf8.RuneSelf {
		return false
	}
	return word[0] != other[0] && word[1] != other[1] && word[0] != other[1] && word[1] != other[0]
}

// words are the words as of the epoch. The answer is shared: nobody may write into it.
func (c *Catalogue) words(ctx context.Context, at epoch) ([]string, error) {
	v := &c.vocabulary
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.catalogue == at.catalogue {
		return v.words, nil
	}
	var rows []struct {
		ID   int64  `db:"id"`
		Word string `db:"word"`
	}
	if err := c.db.list(ctx, &rows, "SELECT id, word FROM search_words WHERE id > ? ORDER BY id", v.last); err != nil {
		return nil, err
	}
	for _, row := range rows {
		v.words, v.last = append(v.words, row.Word), row.ID
	}
	v.catalogue = at.catalogue
	return v.words, nil
}

// learn adds the words of search texts to the vocabulary.
func learn(ctx context.Context, t *tx, texts []string) error {
	var rows [][]any
	for _, word := range meantIn(texts) {
		rows = append(rows, []any{word})
	}
	if err := t.insert(ctx, "INSERT INTO search_words (word) VALUES ", rows, "ON CONFLICT (word) DO NOTHING"); err != nil {
		return fmt.Errorf("learn words: %w", err)
	}
	return nil
}

// meantIn are the words of search texts that belong into the vocabulary.
func meantIn(texts []string) []string {
	words := map[string]bool{}
	for _, text := range texts {
		for _, word := range strings.Fields(text) {
			if word = word[1:]; library.Meant(word) {
				words[word] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(words))
}

// forgetWords takes the words of deleted songs, of which these were the texts, out of the database where no song
// that is left has them.
func forgetWords(ctx context.Context, t *tx, texts []string) error {
	for _, statement := range t.db.dialect.forgetWords() {
		if _, err := t.exec(ctx, statement); err != nil {
			return fmt.Errorf("forget words of deleted songs: %w", err)
		}
	}
	from, match := t.db.dialect.matching("songs")
	var gone []string
	for _, word := range meantIn(texts) {
		var rest []string
		err := t.list(ctx, &rest, "SELECT songs.search_text FROM "+from+" WHERE "+match, t.db.dialect.matchArg([][]string{anywhere(word)}, nil))
		if err != nil {
			return fmt.Errorf("look for a word: %w", err)
		}
		if !slices.Contains(meantIn(rest), word) {
			gone = append(gone, word)
		}
	}
	if err := execIn(ctx, t, "DELETE FROM search_words WHERE word IN ", gone); err != nil {
		return fmt.Errorf("forget words: %w", err)
	}
	return nil
}
