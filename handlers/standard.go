package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/plusofon-dashboard/dashboard/views"
)

func (s *server) listStandard(c echo.Context) error {
	presets, err := s.account(c).Presets(c.Request().Context())
	if err != nil {
		return err
	}
	var standard views.Standard
	for _, preset := range presets {
		standard.Recordings = append(standard.Recordings, views.StandardRecording{ID: preset.ID, Name: preset.Name})
	}
	content := views.StandardPage(standard)
	return s.render(c, http.StatusOK, s.newPage(c, "standard.title", views.StandardPath), content, content)
}
