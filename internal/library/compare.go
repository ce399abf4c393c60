package library

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/plusofon-dashboard/dashboard/plusofon"
)

// errAnotherFile is a file of the same name that somebody else has added.
var errAnotherFile = errors.New("the newest file of this name is another one")

// compareStored compares a file of Plusofon's with what was sent.
func compareStored(ctx context.Context, client *plusofon.Client, id plusofon.MediaID, sent newFile) error {
	file, err := client.OpenFile(ctx, id, nil)
	if err != nil {
		return fmt.Errorf("comparing media file %s with what was sent: %w", id, err)
	}
	defer file.Body.Close()
	stored, ours := bufio.NewReader(file.Body), bufio.NewReader(sent.reader())
	for range sent.content.Size() {
		a, err := stored.ReadByte()
		if err != nil {
			return fmt.Errorf("%w: %w", errAnotherFile, err)
		}
		b, err := ours.ReadByte()
		if err != nil {
			return fmt.Errorf("reading what was sent: %w", err)
		}
		if a != b {
			return errAnotherFile
		}
	}
	if _, err := stored.ReadByte(); !errors.Is(err, io.EOF) {
		return errAnotherFile
	}
	return nil
}
