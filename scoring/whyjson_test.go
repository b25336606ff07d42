package scoring_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"paogai/scoring"
)

func TestWhyInJSON(t *testing.T) {
	s := campaign(t, "2018-08-15", school)
	s.plan(school, map[string]string{"70": "100"}, "2018-08-16 09:00:00")
	s.adjust(school, "innovation", "一窗", "2.50", "2018-08-20 09:00:00")
	e, err := scoring.Why(s.Facts, school, moment("2018-09-01 00:00:00").UTC())
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"unit":"市教育局","class":"3","rank":1,"score":"97.5","hold":"97.5","earned":"-2.5","late":1,"done":0,` +
		`"grade":"优秀","at":"2018-09-01T00:00:00+08:00","provisional":false,"pending":0,"lines":[` +
		`{"amount":"100","rule":"plan","title":"任务分值","article":"第九条","quote":"考核总分为 100 分，每项改革任务分值由市跑改办根据各考核对象填报的《吉林市加快推进“只跑一次”改革任务分解表》确定。",` +
		`"text":"任务分值合计，共 1 项，以满分起算","seq":1,"at":"2018-08-16T09:00:00+08:00","by":"tg:1001"},` +
		`{"amount":"-5","rule":"late","title":"未按时间节点完成任务","article":"第十三条（一）","quote":"没有按照时间节点完成任务的，每个项目在考核得分中扣5分。",` +
		`"text":"第 70 项任务逾期：时限 2018-08-31 已过，没有按时完成","task":"70","milestone":1,"at":"2018-09-01T00:00:00+08:00"},` +
		`{"amount":"2.5","rule":"innovation","title":"自主创新加分","article":"第十一条","quote":"鼓励自主创新，根据创新取得的社会和经济效果，可以对自主创新项目在考核得分中给予适当加分，所加分值不得超过10分。",` +
		`"text":"自主创新加分：理由","ref":"一窗","seq":2,"at":"2018-08-20T09:00:00+08:00","by":"tg:1001"}]}`
	if diff := cmp.Diff(want, string(data)); diff != "" {
		t.Error(diff)
	}
}
