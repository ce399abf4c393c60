package views

import (
	"context"
	"strconv"
	"strings"
)

type accountKey struct{}

// NewContext gives the components that are drawn with it the fingerprint of
// the account that is signed in, in hexadecimal. Forms send it along, so that
// a page of one account changes nothing in another.
func NewContext(ctx context.Context, account string) context.Context {
	return context.WithValue(ctx, accountKey{}, account)
}

// accountOf is the fingerprint of the account, empty if nobody is signed in.
func accountOf(ctx context.Context) string {
	account, _ := ctx.Value(accountKey{}).(string)
	return account
}

// AccountHeader is the header in which scripts send the fingerprint, and
// AccountField the field in which forms do.
const (
	AccountHeader = "Dashboard-Account"
	AccountField  = "account"
)

// accountMark is how users tell accounts apart: the first letters of the
// fingerprint.
func accountMark(account string) string {
	return strings.ToUpper(account[:min(len(account), 4)])
}

// accountHues is how many colours there are for accounts in the style sheet.
const accountHues = 12

// accountHue is the number of the colour of an account.
func accountHue(account string) string {
	n, err := strconv.ParseUint(account[:min(len(account), 8)], 16, 64)
	if err != nil {
		return "0" // no fingerprint
	}
	return strconv.FormatUint(n%accountHues, 10)
}

// accountHeaders are the headers that htmx sends along, in JSON.
func accountHeaders(account string) string {
	return `{"` + AccountHeader + `":"` + account + `"}` // in hexadecimal
}
