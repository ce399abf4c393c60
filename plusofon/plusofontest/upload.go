package plusofontest

import (
	"encoding/base64"
	"net/http"
	"slices"
	"strings"
)

// create adds a file of the customer's own, or a preset.
func (a *API) create(owner *account, r *http.Request) (object, error) {
	fields, err := readFields(r.Body, "name", "file", "file_mime_type", "standard_id")
	if err != nil {
		return nil, err
	}
	file, err := a.created(fields)
	if err != nil {
		return nil, err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.add(owner, file)
	return done, nil
}

// created makes the file that the fields of a request ask for.
func (a *API) created(fields map[string]string) (file File, err error) {
	if file.Name, err = nameOf(fields); err != nil {
		return file, err
	}
	encoded, isFile := fields["file"]
	word, hasWord := fields["file_mime_type"]
	id, isPreset := fields["standard_id"]
	switch {
	case isPreset && (isFile || hasWord):
		return file, bad("Either a file or a standard id is wanted, not both.")
	case isPreset:
		preset := slices.IndexFunc(a.presets, func(s Standard) bool { return s.ID == id })
		if preset < 0 {
			return file, bad("The selected standard id is invalid.")
		}
		file.Format, file.Content = "wav", a.presets[preset].Content
		return file, nil
	case !isFile:
		return file, bad("The file field is required.")
	case !slices.Contains(formats, word):
		return file, bad("The file mime type must be one of " + strings.Join(formats, ", ") + ".")
	}
	file.Format = word
	file.Content, err = decode(encoded)
	if err == nil && !plausible(word, file.Content) {
		err = bad("The file is not of the type " + word + ".")
	}
	return file, err
}

// decode decodes standard base64 with padding, on one line.
func decode(encoded string) ([]byte, error) {
	content, err := base64.StdEncoding.Strict().DecodeString(encoded)
	if err != nil || len(content) == 0 || strings.ContainsAny(encoded, "\r\n") { // which the decoder skips
		return nil, bad("The file must be a Base64 string.")
	}
	return content, nil
}

func nameOf(fields map[string]string) (string, error) {
	name := fields["name"]
	if strings.TrimSpace(name) == "" {
		return "", bad("The name field is required.")
	}
	return name, nil
}
