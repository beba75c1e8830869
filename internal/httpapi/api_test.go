package httpapi_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	"hathor/internal/httpapi"
)

func TestDocumentIsServed(t *testing.T) {
	handler, err := httpapi.New(httpapi.Services{Version: "test"}, http.NotFoundHandler())
	if err != nil {
		t.Fatal(err)
	}
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/api/openapi.json", nil))
	var document struct{ OpenAPI string }
	if err := json.Unmarshal(answer.Body.Bytes(), &document); err != nil {
		t.Fatal(err)
	}
	if answer.Code != http.StatusOK || document.OpenAPI != "3.1.0" {
		t.Errorf("got %d %q", answer.Code, document.OpenAPI)
	}
}
