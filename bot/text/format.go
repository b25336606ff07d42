package text

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"paogai/scoring"
)

// weekdays are indexed by time.Weekday.
func weekday(d time.Weekday) string {
	return string([]rune("日一二三四五六")[d : d+1])
}

// Date writes a day: 2018年8月31日（周五）.
func Date(d scoring.Date) string {
	if d.IsZero() {
		return "未定日期"
	}
	return fmt.Sprintf("%d年%d月%d日（周%s）", d.Year, int(d.Month), d.Day, weekday(d.Weekday()))
}

// ShortDate writes a day where there is little room, on buttons: 8月31日.
func ShortDate(d scoring.Date) string {
	if d.IsZero() {
		return "未定"
	}
	return fmt.Sprintf("%d月%d日", int(d.Month), d.Day)
}

// Moment writes a moment to the second, in the zone that it carries:
// 2018年8月31日（周五）16:20:05.
func Moment(t time.Time) string {
	return fmt.Sprintf("%d年%d月%d日（周%s）%s",
		t.Year(), int(t.Month()), t.Day(), weekday(t.Weekday()), t.Format("15:04:05"))
}

// Points writes an amount with two decimals and its unit: 98.68 分.
func Points(p decimal.Decimal) string {
	if p.IsNegative() {
		return "−" + scoring.Show(p.Neg()) + " 分"
	}
	return scoring.Show(p) + " 分"
}

// Signed writes an amount that is added or taken away: +1.32 分, −5.00 分.
func Signed(p decimal.Decimal) string {
	if p.IsPositive() {
		return "+" + Points(p)
	}
	return Points(p)
}

// Left writes how much time there is until the end of a day: in workdays, or
// in days where only rest days are left.
func Left(workdays, days int) string {
	switch {
	case days <= 0:
		return "今天到期"
	case workdays == 0:
		return fmt.Sprintf("还有 %d 天，都是休息日", days)
	}
	return fmt.Sprintf("还有 %d 个工作日", workdays)
}

// Size writes the size of a file: 512 B, 3.4 KB, 19.8 MB.
func Size(n int64) string {
	const kilo, mega = 1 << 10, 1 << 20
	switch {
	case n < kilo:
		return fmt.Sprintf("%d B", n)
	case n < mega:
		return fmt.Sprintf("%.1f KB", float64(n)/kilo)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/mega)
}

// ShortSum writes the beginning of a SHA-256, enough to compare by eye.
func ShortSum(sum string) string {
	const enough = 12
	if len(sum) > enough {
		return sum[:enough]
	}
	return sum
}

// Cut shortens words to at most n characters, the last being … if it had to.
func Cut(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
}
