package sandbox

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// victimDir names the folder of a process that lives to be killed.
const victimDir = "SANDBOX_VICTIM_DIR"

// TestMain lets the tests start themselves again as the victim.
func TestMain(m *testing.M) {
	if dir := os.Getenv(victimDir); dir != "" {
		fmt.Fprintln(os.Stderr, suffer(dir))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// suffer does one act after another and prints each once it was answered. It
// returns only when something is wrong.
func suffer(dir string) error {
	s, err := New(Config{Token: testToken, BotUsername: "paogai_bot", Now: time.Now, Dir: dir})
	if err != nil {
		return err
	}
	if err := s.AddPerson(Person{ID: alice, Name: "联络员甲"}); err != nil {
		return err
	}
	v := &victim{s}
	for n := len(s.History(alice)); ; n++ {
		for _, act := range []func(string) (string, error){v.says, v.sends, v.answers, v.confirms} {
			proof, err := act(fmt.Sprintf("第 %d 句", n))
			if err != nil {
				return err
			}
			fmt.Println(proof)
		}
	}
}

// victim acts as a person and as the bot; each act returns what must be found
// after a kill.
type victim struct{ *Server }

func (v *victim) says(text string) (string, error) {
	sent, err := v.Send(alice, alice, Outgoing{Text: text})
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("text %d %s", sent[0].MessageID, text), nil
}

func (v *victim) sends(text string) (string, error) {
	sent, err := v.Send(alice, alice, Outgoing{Files: []Upload{{Name: "a.txt", Data: []byte(text)}}})
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("file %d %s", sent[0].MessageID, text), nil
}

func (v *victim) answers(text string) (string, error) {
	var m Message
	err := v.api("sendMessage", url.Values{"chat_id": {fmt.Sprint(alice)}, "text": {text}}, &m)
	return fmt.Sprintf("text %d %s", m.MessageID, text), err
}

func (v *victim) confirms(string) (string, error) {
	var list []update
	if err := v.api("getUpdates", url.Values{}, &list); err != nil {
		return "", err
	}
	offset := list[0].ID + 1
	err := v.api("getUpdates", url.Values{"offset": {fmt.Sprint(offset)}}, &list)
	return fmt.Sprintf("confirmed %d", offset), err
}

func (v *victim) api(method string, args url.Values, into any) error {
	w := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodPost, "/bot"+testToken+"/"+method, strings.NewReader(args.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	v.Handler().ServeHTTP(w, r)
	var a answer
	if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil {
		return err
	}
	if !a.OK {
		return errors.New(a.Description)
	}
	return json.Unmarshal(a.Result, into)
}

// Killed at any moment, the server has afterwards all that it answered: words,
// files with their bytes, confirmed updates.
func TestNothingAnsweredIsLostToKills(t *testing.T) {
	dir := t.TempDir()
	rng := rand.New(rand.NewPCG(20180820, 20))
	answered := map[string]bool{}
	for range 20 {
		for _, proof := range killed(t, dir, rng.IntN(60), time.Duration(rng.IntN(2000))*time.Microsecond) {
			answered[proof] = true
		}
		s, err := New(Config{Token: testToken, BotUsername: "paogai_bot", Now: time.Now, Dir: dir})
		must(t, err)
		missing(t, s, answered)
		must(t, s.Close())
	}
	if len(answered) < 100 {
		t.Errorf("only %d acts were answered", len(answered))
	}
}

// killed runs a victim, kills it a little after so many acts and returns the
// proofs of all that it was answered.
func killed(t *testing.T, dir string, acts int, after time.Duration) (proofs []string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), victimDir+"="+dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	in := bufio.NewScanner(out)
	for in.Scan() {
		proofs = append(proofs, in.Text())
		if len(proofs) == acts+1 {
			time.AfterFunc(after, func() { _ = cmd.Process.Kill() }) // it may be dead already
		}
	}
	must(t, in.Err())
	var exit *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &exit) || exit.ExitCode() != -1 {
		t.Fatalf("the victim ended by itself: %v", err)
	}
	return proofs
}

// missing reports every proof that s does not bear out.
func missing(t *testing.T, s *Server, answered map[string]bool) {
	t.Helper()
	found := map[string]bool{}
	for _, m := range s.History(alice) {
		found[fmt.Sprintf("text %d %s", m.MessageID, m.Text)] = true
		if m.Document != nil {
			data, err := s.store.get(s.state.files[m.Document.FileID].Sum)
			must(t, err)
			found[fmt.Sprintf("file %d %s", m.MessageID, data)] = true
		}
	}
	for _, p := range s.state.updates.list {
		found[fmt.Sprintf("pending %d", p.id)] = true
	}
	for proof := range answered {
		var offset int64
		if n, _ := fmt.Sscanf(proof, "confirmed %d", &offset); n == 1 {
			if found[fmt.Sprintf("pending %d", offset-1)] {
				t.Errorf("update %d came back", offset-1)
			}
			continue
		}
		if !found[proof] {
			t.Errorf("lost: %s", proof)
		}
	}
}
