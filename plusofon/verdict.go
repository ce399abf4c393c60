package plusofon

import (
	"encoding/json"
	"net/http"
	"strings"
	"unicode"
)

const (
	longestMessage   = 300 // characters
	longestRequestID = 100
	mostTidied       = 16 << 10 // bytes of a text that are looked at
)

// verdict is what an answer says about the request, whatever else it holds.
// Successes and failures share these fields, and both can come with HTTP 200.
type verdict struct {
	Message looseString     `json:"message"`
	Code    looseInt        `json:"code"`
	Success json.RawMessage `json:"success"`
}

func (v verdict) said() verdict { return v }

// readVerdict reads what there is: an answer that is no JSON object says nothing.
func readVerdict(body []byte) verdict {
	var v verdict
	if err := json.Unmarshal(body, &v); err != nil {
		return verdict{}
	}
	return v
}

// failed reports whether an answer with a good status is a failure all the same.
func (v verdict) failed() bool {
	return v.denied() || v.unknownUser() || v.Message != "" && v.Code >= http.StatusBadRequest
}

func (v verdict) denied() bool { return string(v.Success) == "false" }

// unknownUser reports whether the API doesn't know the token. Only the words
// tell: the code that comes with them, 500, is also that of a broken server.
func (v verdict) unknownUser() bool {
	if len(v.Message) > longestMessage {
		return false
	}
	words := strings.Fields(strings.ToLower(string(v.Message)))
	return strings.TrimRight(strings.Join(words, " "), " .") == "user not found"
}

// refused is the error of an answer that is a failure. cause is what kept the
// answer from being read, if something did.
func (x *exchange) refused(v verdict, cause error) *Error {
	why := x.meaning(v)
	if cause != nil {
		why = append(why, cause)
	}
	return x.failSaying(v, why...)
}

// failSaying is fail with what the answer said.
func (x *exchange) failSaying(v verdict, why ...error) *Error {
	e := x.fail(why...)
	e.Code = int(v.Code)
	e.Message = x.client.credentials.tidy(string(v.Message), longestMessage)
	return e
}

func (x *exchange) meaning(v verdict) []error {
	status := x.response.StatusCode
	number := int(v.Code)
	if number < http.StatusBadRequest {
		number = status
	}
	either := func(n int) bool { return status == n || number == n }
	switch {
	case v.unknownUser(), either(http.StatusUnauthorized), either(http.StatusForbidden):
		return []error{ErrTokenRefused}
	case status/100 == http.StatusMultipleChoices/100:
		return x.orUnknown(ErrUnexpectedAnswer)
	case either(http.StatusNotFound):
		return []error{ErrNotFound}
	case either(http.StatusTooManyRequests):
		return []error{ErrRateLimited, ErrUnavailable}
	case either(http.StatusRequestedRangeNotSatisfiable):
		return []error{ErrRangeNotSatisfiable}
	case number >= http.StatusInternalServerError:
		return x.orUnknown(ErrUnavailable)
	case v.denied(), status == http.StatusRequestEntityTooLarge, number >= http.StatusBadRequest && v.Message != "":
		return []error{ErrRejected}
	}
	return x.orUnknown(ErrUnexpectedAnswer)
}

// orUnknown adds that a write may have happened.
func (x *exchange) orUnknown(err error) []error {
	if x.request.writes() {
		return []error{err, ErrOutcomeUnknown}
	}
	return []error{err}
}

// tidy makes a text from outside fit for a log: on one line, without control
// characters and the token, of at most so many characters.
func (c credentials) tidy(text string, longest int) string {
	text = strings.ToValidUTF8(text[:min(len(text), mostTidied)], "")
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\r', r == '\t':
			return ' '
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, text)
	runes := []rune(strings.TrimSpace(c.redact(text)))
	return string(runes[:min(len(runes), longest)])
}
