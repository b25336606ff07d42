package redisstore

import (
	"strings"
	"testing"

	"paogai/store/storetest"
)

func TestURLsAreToldApart(t *testing.T) {
	for url, want := range map[string]string{
		"redis://h":                               "single h:6379",
		"redis://u:p@h:1/2?read_timeout=9":        "single h:1",
		"rediss://h:6380":                         "single h:6380",
		"unix:///run/redis.sock?db=3":             "single /run/redis.sock",
		"redis://h:26379?master_name=m":           "sentinel h:26379",
		"redis://a:1?master_name=m&addr=b:2":      "sentinel a:1 b:2",
		"redis://a:1?addr=b:2&addr=c:3":           "cluster a:1 b:2 c:3",
		"rediss://u:p@a:1?cluster=true":           "cluster a:1",
		"redis://h?cluster=false":                 "single h:6379",
		"redis://h?master_name=m&password=s3cret": "sentinel h:6379",
	} {
		got, err := parseURL(url)
		if err != nil {
			t.Errorf("%s: %v", url, err)
			continue
		}
		kind := ""
		switch {
		case got.single != nil:
			kind = "single " + got.single.Addr
		case got.sentinel != nil:
			kind = "sentinel " + strings.Join(got.sentinel.SentinelAddrs, " ")
		case got.cluster != nil:
			kind = "cluster " + strings.Join(got.cluster.Addrs, " ")
		}
		if kind != want {
			t.Errorf("%s is %s, want %s", url, kind, want)
		}
		if (got.single == nil) != (got.replicas == 1) {
			t.Errorf("%s waits for %d replicas", url, got.replicas)
		}
	}
}

func TestErrorsNeverShowThePassword(t *testing.T) {
	for _, url := range []string{
		"", "s3cret", "localhost:6379", "redis//u:s3cret@h", "http://u:s3cret@h", "redis://u:s3cret@h:port",
		"redis://u:s3cret@h/notanumber", "redis://u:s3cret%@h", "redis://u:s3cret@h/1/2", "redis://h?pasword=s3cret",
		"redis://u:s3cret@h?master_name=m&password=s3cret&nonsense=s3cret", "redis://h?db=s3cret", "unix://u:s3cret@",
		"redis://u:s3\x01cret@h", "redis://u:s3cret@h?cluster=true&db=s3cret", "redis://u:s3cret@[::1",
	} {
		_, err := Open(t.Context(), url, "c", Options{})
		if err == nil || strings.Contains(err.Error(), "s3") {
			t.Errorf("%q: %v", url, err)
		}
	}
	if !storetest.HaveRedis(t) {
		return
	}
	server := storetest.StartRedis(t, "--requirepass", "other")
	_, err := Open(t.Context(), "unix://:s3cret@"+server.Socket, "c", Options{TrustDurability: true})
	if err == nil || strings.Contains(err.Error(), "s3cret") || !strings.Contains(err.Error(), "WRONGPASS") {
		t.Errorf("a wrong password: %v", err)
	}
}

func TestCampaignNames(t *testing.T) {
	for name, want := range map[string]bool{
		"jilin-2018": true, "A.b_9": true, strings.Repeat("x", 64): true,
		"": false, "a b": false, "{a}": false, "a:b": false, "吉林": false, strings.Repeat("x", 65): false,
	} {
		if validCampaign(name) != want {
			t.Errorf("campaign %q valid: %v", name, !want)
		}
	}
}
