package pgtest

import (
	"testing"

	"github.com/jackc/pgx/v5"
)

func TestStoppedServerComesBackWithItsData(t *testing.T) {
	address := URL(t)
	before := connect(t, address)
	if _, err := before.Exec(t.Context(), "CREATE TABLE kept (n int)"); err != nil {
		t.Fatal(err)
	}
	Stop(t)
	if connection, err := pgx.Connect(t.Context(), address); err == nil {
		_ = connection.Close(t.Context())
		t.Fatal("the stopped server answers")
	}
	Start(t)
	if _, err := connect(t, address).Exec(t.Context(), "INSERT INTO kept VALUES (1)"); err != nil {
		t.Fatal(err)
	}
}
