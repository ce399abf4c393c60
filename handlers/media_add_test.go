package handlers_test

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/plusofon-dashboard/dashboard/audio"
	"github.com/plusofon-dashboard/dashboard/plusofon/plusofontest"
)

func TestUploadsInAllFormats(t *testing.T) {
	t.Parallel()
	for format, file := range map[string]string{
		"wav":  "wav-pcm16-8000.wav",
		"mp3":  "mp3-bare-frames-mpeg25-8k.mp3",
		"au":   "au-mulaw-8000.au",
		"aiff": "aiff-pcm16-8000.aif",
		"gsm":  "gsm0610-raw-8000.gsm",
		"ogg":  "ogg-vorbis.ogg",
		"raw":  "raw-pcm16-8000.raw",
	} {
		t.Run(format, func(t *testing.T) {
			t.Parallel()
			d := signedIn(t)
			content := sound(t, file)
			d.upload("Привет", file, content, htmx...).status(http.StatusCreated).
				has("tr[data-media]", 1).contains("Привет")
			stored := d.api.Files(token)
			if len(stored) != 1 || stored[0].Name != "Привет" || stored[0].Format != format || !bytes.Equal(stored[0].Content, content) {
				t.Fatalf("Plusofon did not get the file as it was")
			}
			if row := d.get("/media"); !strings.Contains(row.body, fmt.Sprintf("media-%d", stored[0].ID)) {
				t.Errorf("the list lacks the new file")
			}
		})
	}
}

func TestUploadByAPlainForm(t *testing.T) {
	t.Parallel()
	d := signedIn(t, files(15)...)
	d.upload("", "Перерыв на обед.wav", sound(t, "wav-pcm16-8000.wav")).
		status(http.StatusSeeOther).location("/media?page=2")
	d.get("/media?page=2").contains("Файл «Перерыв на обед» загружен.").has("tr[data-media]", 1)
}

// Of files with the same name the new one is found.
func TestTheNewFileIsFoundAmongNamesakes(t *testing.T) {
	t.Parallel()
	namesakes := append(files(20), plusofontest.File{Name: "Привет"}, plusofontest.File{Name: "Привет"})
	d := signedIn(t, namesakes...)
	answer := d.upload("Привет", "a.wav", sound(t, "wav-pcm16-8000.wav"), htmx...).status(http.StatusCreated)
	stored := d.api.Files(token)
	answer.has(fmt.Sprintf("tr#media-%d", stored[len(stored)-1].ID), 1)
}

func TestFilesThatAreRefusedWithoutAskingPlusofon(t *testing.T) {
	t.Parallel()
	wav := sound(t, "wav-pcm16-8000.wav")
	for _, tt := range []struct {
		name, title, file string
		content           []byte
		status            int
		want              string
	}{
		{"empty", "", "foreign-empty.wav", nil, http.StatusUnsupportedMediaType, "Файл пуст"},
		{"an image", "", "foreign-image.png", sound(t, "foreign-image.png"), http.StatusUnsupportedMediaType, "картинка"},
		{"a page", "", "foreign-page.html", sound(t, "foreign-page.html"), http.StatusUnsupportedMediaType, "HTML"},
		{"a page that calls itself a recording", "", "page.wav", sound(t, "foreign-page.html"), http.StatusUnsupportedMediaType, "HTML"},
		{"a video", "", "foreign-theora.ogv", sound(t, "foreign-theora.ogv"), http.StatusUnsupportedMediaType, "видео"},
		{"another audio format", "", "foreign-aac.m4a", sound(t, "foreign-aac.m4a"), http.StatusUnsupportedMediaType, "M4A"},
		{"too large", "", "large.raw", make([]byte, 1<<20+1), http.StatusRequestEntityTooLarge, "слишком большой"},
		{"far too large", "", "large.raw", make([]byte, 5<<20), http.StatusRequestEntityTooLarge, "до 1 МБ"},
		{"a name with controls", "a\x07", "a.wav", wav, http.StatusUnprocessableEntity, "управляющие"},
		{"a name too long", strings.Repeat("я", 256), "a.wav", wav, http.StatusUnprocessableEntity, "255"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := signedIn(t)
			before := d.asked()
			d.upload(tt.title, tt.file, tt.content).status(tt.status).contains(tt.want, "Ничего не изменилось")
			d.upload(tt.title, tt.file, tt.content, htmx...).status(tt.status).contains(tt.want).lacks("<html")
			if got := d.asked() - before; got != 0 {
				t.Errorf("Plusofon was asked %d times, want none", got)
			}
		})
	}
}

func TestFormsThatAreBroken(t *testing.T) {
	t.Parallel()
	part := "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n\r\nRIFF"
	for _, tt := range []struct{ name, contentType, body string }{
		{"no boundary", "multipart/form-data", part},
		{"another boundary", "multipart/form-data; boundary=c", part},
		{"cut off", "multipart/form-data; boundary=b", part},
		{"no content type", "", part},
		{"JSON", "application/json", `{"name":"x"}`},
		{"two files", "multipart/form-data; boundary=b", part + "\r\n" + part + "\r\n--b--\r\n"},
		{"many parts", "multipart/form-data; boundary=b", strings.Repeat("--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n1\r\n", 1000) + "--b--\r\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := signedIn(t)
			d.request(http.MethodPost, "/media", strings.NewReader(tt.body), "Content-Type", tt.contentType).
				status(http.StatusBadRequest).contains("Запрос не удалось разобрать")
			if got := len(d.api.Files(token)); got != 0 {
				t.Errorf("Plusofon has %d files, want none", got)
			}
		})
	}
}

func TestNamesTakenFromFiles(t *testing.T) {
	t.Parallel()
	wav := sound(t, "wav-pcm16-8000.wav")
	for file, want := range map[string]string{
		"Перерыв на обед.wav": "Перерыв на обед",
		`C:\Звук\меню.2.wav`:  "меню.2",
		"../../etc/passwd":    "passwd",
		".wav":                ".wav",
		"a\tb.wav":            "a b",
	} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			d := signedIn(t)
			d.upload("", file, wav, htmx...).status(http.StatusCreated)
			if got := d.api.Files(token)[0].Name; got != want {
				t.Errorf("the name is %q, want %q", got, want)
			}
		})
	}
}

func TestNoFileChosen(t *testing.T) {
	t.Parallel()
	d := signedIn(t)
	d.upload("Привет", "", nil).status(http.StatusUnprocessableEntity).contains("Выберите файл")
}

// Samples of the telephone without a header reach Plusofon as WAV: as raw ones
// they would be played as noise.
func TestHeaderlessCodesAreWrapped(t *testing.T) {
	t.Parallel()
	for ending, codec := range map[string]audio.Codec{".ul": audio.MuLaw, ".ulaw": audio.MuLaw, ".ALAW": audio.ALaw, ".al": audio.ALaw} {
		t.Run(ending, func(t *testing.T) {
			t.Parallel()
			d := signedIn(t)
			sound := bytes.Repeat([]byte{0xD5, 0x55, 0x2A, 0x7F}, 2000)
			d.upload("Тон", "tone"+ending, sound).status(http.StatusSeeOther)
			stored := d.api.Files(token)[0].Content
			info, err := audio.Detect(bytes.NewReader(stored), int64(len(stored)), "")
			if err != nil || info.Format != audio.WAV || info.Codec != codec || info.Duration != time.Second || !bytes.Contains(stored, sound) {
				t.Errorf("Plusofon got %d bytes: %+v, %v", len(stored), info, err)
			}
		})
	}
}
