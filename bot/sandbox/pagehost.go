package sandbox

import "net/http"

const errNoHost PersonError = "这里没有演练时钟。"

func (s *Server) pageClock(*http.Request) (any, error) {
	if s.cfg.Host == nil {
		return nil, errNoHost
	}
	v := s.cfg.Host.Clock()
	if v.Actions == nil {
		v.Actions = []Action{}
	}
	return v, nil
}

func (s *Server) pagePanel(r *http.Request) (any, error) {
	if s.cfg.Host == nil {
		return nil, errNoHost
	}
	v, err := s.cfg.Host.Panel(r.Context(), r.URL.Query().Get("tab"))
	if err != nil {
		return nil, PersonError(err.Error())
	}
	if v.Tabs == nil {
		v.Tabs = []Tab{}
	}
	if v.Columns == nil {
		v.Columns = []Column{}
	}
	if v.Rows == nil {
		v.Rows = []Row{}
	}
	return v, nil
}

func (s *Server) pageStep(r *http.Request) (any, error) {
	if s.cfg.Host == nil {
		return nil, errNoHost
	}
	var in pageAct
	if err := readBody(r, &in); err != nil {
		return nil, err
	}
	if err := s.cfg.Host.Step(r.Context(), in.Action, in.Arg); err != nil {
		return nil, PersonError(err.Error())
	}
	return s.cfg.Host.Clock(), nil
}
