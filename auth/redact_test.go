package auth_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/plusofon-dashboard/dashboard/auth"
)

func TestNothingPrintsASecret(t *testing.T) {
	t.Parallel()
	config := auth.Config{Secrets: []string{secret}, Idle: time.Hour, Max: time.Hour}
	s, err := auth.New(config)
	if err != nil {
		t.Fatal(err)
	}
	session := auth.Session{ID: "id", Token: token, Account: "0123456789abcdef"}
	within := struct {
		Session *auth.Session
		Config  auth.Config
	}{&session, config}
	for name, value := range map[string]any{
		"session": session, "pointer to a session": &session, "sessions": *s, "pointer to sessions": s,
		"config": config, "pointer to a config": &config, "struct": within, "slice": []auth.Session{session},
	} {
		for _, text := range printed(value) {
			for _, hidden := range []string{token, secret} {
				if strings.Contains(text, hidden) ||
					strings.Contains(strings.ToLower(text), hex.EncodeToString([]byte(hidden))) ||
					strings.Contains(text, base64.StdEncoding.EncodeToString([]byte(hidden))) {
					t.Errorf("%s: printed as %s", name, text)
				}
			}
		}
	}
	if text := fmt.Sprint(&session); !strings.Contains(text, session.Account) {
		t.Errorf("%q does not name the account", text)
	}
}

// printed is a value in all the ways in which it could get into a log.
func printed(value any) []string {
	texts := []string{fmt.Sprint(value), fmt.Errorf("failed: %v", value).Error()}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d"} {
		texts = append(texts, fmt.Sprintf(verb, value))
	}
	if marshalled, err := json.Marshal(value); err == nil {
		texts = append(texts, string(marshalled))
	}
	var log bytes.Buffer
	for _, handler := range []slog.Handler{slog.NewTextHandler(&log, nil), slog.NewJSONHandler(&log, nil)} {
		slog.New(handler).Info("value", "value", value)
	}
	return append(texts, log.String())
}
