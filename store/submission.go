package store

import "paogai/scoring"

// Evidence is a file or link (佐证材料), known by its SHA-256. Size is in bytes.
type Evidence struct {
	SHA256    string `json:"sha256"` // of the content, lower-case hex; of the link's text for a link
	Name      string `json:"name"`
	Size      int64  `json:"size"`
	MediaType string `json:"type"`
	FileID    string `json:"file_id,omitempty"` // the chat platform's handle, for sending it again
	URL       string `json:"url,omitempty"`     // set for a link
}

// Submission is a claim with all that the record keeps of it: what scores
// rest on, and what was written and shown.
type Submission struct {
	*scoring.Submission
	Note     string
	Evidence []Evidence
}

// Twin is an earlier use of the same evidence.
type Twin struct {
	SHA256     string
	Submission *Submission
}
