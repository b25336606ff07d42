package bot_test

import (
	"strings"
	"testing"

	"paogai/scoring/schemes"
	"paogai/store"
)

func TestWhoMovesByANewSchemeIsTold(t *testing.T) {
	s := open(t)
	people := s.joined(edu, clerkA)
	s.clock.set(at("2018-09-01 09:00:00"))
	source, err := schemes.Source("jilin-2018")
	must(t, err)
	revised := strings.NewReplacer("id: jilin-2018\n", "id: jilin-2019\n", `points: "-5"`, `points: "-1"`).Replace(string(source))
	s.office(store.AdoptScheme{Scheme: "jilin-2019", Source: revised, Reason: "市里来文 <改>", Second: "office:乙"})
	s.deliver()
	people[0].ExpectMessage("考核办法已变更", "由「jilin-2018」改为「jilin-2019」", "市里来文 <改>",
		"市教育局：得分 80.00 → 96.00，名次 1 → 1，等次 良好 → 优秀。")
	people[1].ExpectMessage("考核办法已变更", "共 95 个单位有变动", "市编办：得分 60.00 → 92.00")
	people[1].Says("/rank 1")
	people[1].ExpectMessage("92.00")
}
