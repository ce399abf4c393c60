package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/plusofon-dashboard/dashboard/plusofon"
)

// The commands; without one the dashboard is served.
const (
	healthcheckCommand = "healthcheck"
	versionCommand     = "version"
)

const helpWidth = 100 // of the lines of -h, in characters

// errHelpShown ends the program after -h.
var errHelpShown = errors.New("help was shown")

// readSettings reads flags and environment, the flags first. It gives the
// command too.
func readSettings(args []string, output io.Writer) (_ *settings, command string, _ error) {
	var s settings
	flags := s.flags()
	flags.Usage = func() { showHelp(output, flags) }
	err := flags.Parse(args)
	if errors.Is(err, pflag.ErrHelp) {
		return nil, "", errHelpShown
	}
	if err == nil {
		err = readEnvironment(flags)
	}
	if err != nil {
		return nil, "", explained(err)
	}
	if s.Version {
		return &s, versionCommand, nil
	}
	if command = strings.Join(flags.Args(), " "); command == healthcheckCommand || command == versionCommand {
		return &s, command, nil
	}
	if command != "" { // which may be half of a secret, and is not shown
		return nil, "", &settingError{fmt.Sprintf("what stands beside the flags must be the command %s or %s, or nothing to serve the dashboard", healthcheckCommand, versionCommand)}
	}
	return &s, "", s.check()
}

// flags describes the settings. A word in backquotes stands in the help for
// the value.
func (s *settings) flags() *pflag.FlagSet {
	f := pflag.NewFlagSet("dashboard", pflag.ContinueOnError)
	f.SortFlags = false
	f.StringVar(&s.Listen, "listen", "127.0.0.1:8080", "`ADDRESS` to listen on")
	f.BoolVar(&s.Demo, "demo", false, "run against an embedded Plusofon with example files")
	f.StringVar(&s.PlusofonURL, "plusofon-url", plusofon.DefaultBaseURL, "base `ADDRESS` of the Plusofon API")
	f.StringVar(&s.PlusofonClient, "plusofon-client", plusofon.DefaultClientCode, "the Client header sent to Plusofon, a `CODE`")
	f.StringVar(&s.FileHosts, "file-hosts", "", "`HOSTS` to which Plusofon may hand a download on, comma-separated; followed by https, without the token")
	f.StringVar(&s.SessionSecret, "session-secret", "", "`SECRETS` that encrypt sessions, newest first, comma-separated, each at least 32 characters; without one, sessions end when the program does")
	f.StringVar(&s.PublicURL, "public-url", "", "the `ADDRESS` that users type; with https, cookies are Secure and HSTS is sent; needs a session secret")
	f.StringVar(&s.TrustedProxies, "trusted-proxies", "", "`NETWORKS` of proxies whose X-Forwarded-For is believed, comma-separated, such as 10.0.0.0/8")
	f.DurationVar(&s.SessionIdle, "session-idle", 2*time.Hour, "a session unused for so long ends, a `TIME`")
	f.DurationVar(&s.SessionMax, "session-max", 12*time.Hour, "a session ends this long after sign-in, a `TIME`")
	f.StringVar(&s.MaxUpload, "max-upload", "32MiB", "largest file accepted, a `SIZE` such as 500KiB")
	f.StringVar(&s.SpoolSize, "spool-size", "2GiB", "what all files on their way may take on the disk together, a `SIZE`")
	f.StringVar(&s.MetricsListen, "metrics-listen", "", "`ADDRESS` for Prometheus metrics; none without it")
	f.StringVar(&s.LogFormat, "log-format", "text", "`FORMAT` of the log: text or json")
	f.BoolVar(&s.Version, "version", false, "say which build of the program this is, and end")
	return f
}

// variable is the environment variable of a flag: LISTEN for --listen.
func variable(f *pflag.Flag) string {
	return strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
}

// readEnvironment sets what no flag has set. An empty variable is none.
func readEnvironment(flags *pflag.FlagSet) error {
	var failed error
	flags.VisitAll(func(f *pflag.Flag) {
		value := os.Getenv(variable(f))
		if f.Name == "version" { // a word for one call, and VERSION is many a program's
			return
		}
		if value == "" || f.Changed || failed != nil {
			return
		}
		failed = flags.Set(f.Name, value)
	})
	return failed
}

// explained says of a value that a flag does not take what it does take. Other
// mistakes are shown without a value, which may be a secret.
func explained(err error) error {
	value, ok := errors.AsType[*pflag.InvalidValueError](err)
	if !ok {
		mistake, _, _ := strings.Cut(err.Error(), "=")
		return &settingError{strings.Join(strings.Fields(mistake), " ") + ": -h lists the flags"}
	}
	allowed := map[string]string{"bool": "must be true or false", "duration": "must be a time such as 90m or 12h"}
	return bad(value.GetFlag().Name, value.GetValue(), allowed[value.GetFlag().Value.Type()])
}

func showHelp(output io.Writer, flags *pflag.FlagSet) {
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Name != "version" {
			f.Usage += " [" + variable(f) + "]"
		}
	})
	fmt.Fprintf(output, `A dashboard for the audio files of a Plusofon phone system.

  dashboard [flags]               serve it
  dashboard %s [flags]   ask a running one whether it is well; exit status 0 if so
  dashboard %s               say which build this is

Flags, each with its environment variable:
%s`, healthcheckCommand, versionCommand, flags.FlagUsagesWrapped(helpWidth))
}
