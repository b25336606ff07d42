package text_test

import (
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"paogai/bot/text"
	"paogai/scoring"
)

func TestValuesAreWrittenTheSameWayEverywhere(t *testing.T) {
	day := scoring.Date{Year: 2018, Month: time.August, Day: 31}
	at := time.Date(2018, 8, 31, 16, 20, 5, 0, time.FixedZone("CST", 8*3600))
	for _, c := range []struct{ got, want string }{
		{text.Date(day), "2018年8月31日（周五）"},
		{text.Date(scoring.Date{}), "未定日期"},
		{text.ShortDate(day), "8月31日"},
		{text.ShortDate(scoring.Date{}), "未定"},
		{text.Moment(at), "2018年8月31日（周五）16:20:05"},
		{text.Points(decimal.RequireFromString("98.68")), "98.68 分"},
		{text.Points(decimal.RequireFromString("100")), "100.00 分"},
		{text.Points(decimal.RequireFromString("-20")), "−20.00 分"},
		{text.Signed(decimal.RequireFromString("1.32")), "+1.32 分"},
		{text.Signed(decimal.RequireFromString("-5")), "−5.00 分"},
		{text.Signed(decimal.Zero), "0.00 分"},
		{text.Left(3, 5), "还有 3 个工作日"},
		{text.Left(0, 2), "还有 2 天，都是休息日"},
		{text.Left(0, 0), "今天到期"},
		{text.Size(512), "512 B"},
		{text.Size(3482), "3.4 KB"},
		{text.Size(21 << 20), "21.0 MB"},
		{text.ShortSum(strings.Repeat("ab", 32)), "abababababab"},
		{text.ShortSum("ab"), "ab"},
		{text.Cut("推行“多规合一”模式", 6), "推行“多规…"},
		{text.Cut(" 一\n二 ", 6), "一 二"},
		{text.Show(day), "2018年8月31日（周五）"},
		{text.Show(at), "2018年8月31日（周五）16:20:05"},
		{text.Show(decimal.RequireFromString("5")), "5.00 分"},
		{text.Show(7), "7"},
		{text.Show(int64(7)), "7"},
		{text.Show(text.HTML("<b>x</b>")), "<b>x</b>"},
		{text.Show(time.Second), "1s"},
		{text.Show(true), "true"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestJoinLeavesOutWhatIsEmpty(t *testing.T) {
	if got := text.Join("\n", "a", "", "b"); got != "a\nb" {
		t.Errorf("got %q", got)
	}
}
