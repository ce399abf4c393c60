// Package catalog makes all files of an account searchable and sortable, which
// the API doesn't: it gives a page of 15 names at a time and nothing else.
//
// A [Catalog] reads all pages of a list, keeps them for a short while, and
// answers from there. What it answers is the whole list or an error, never a
// part of the list: a page that fails fails the whole.
//
// Who changes an account calls [Catalog.Forget] when the change is done, so
// that the next answer shows it. Changes made elsewhere show when the list has
// been kept for its time.
package catalog
