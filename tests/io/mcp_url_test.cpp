#include "io/mcp_url.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace crosscut::io::mcp;

namespace {

url parsed(std::string_view text) {
  const auto u = parse_url(text);
  REQUIRE(u);
  return *u;
}

} // namespace

TEST_CASE("a URL in its parts") {
  const auto u = parsed("HTTPS://Ann:p%40ss@Mcp.Example.com:8443/a/b?x=1&api_key=k%20y#top");
  CHECK(u.scheme == "https");
  CHECK(u.user == "Ann");
  CHECK(u.password == "p@ss");
  CHECK(u.host == "mcp.example.com");
  CHECK(u.port == "8443");
  CHECK(u.path == "/a/b");
  REQUIRE(u.query.size() == 2);
  CHECK(u.query[1] == std::pair<std::string, std::string>("api_key", "k y"));
  CHECK(parsed("https://h:443").port == "");
  CHECK(parsed("http://h:443").port == "443");
  CHECK(parsed("http://[::1]:3000/mcp").host == "[::1]");
  CHECK(parsed("http://[::1]:3000/mcp").port == "3000");
  for (const char* text : {"", "localhost:3000/mcp", "/path", "://x", "1a://x", "mailto:x"})
    CHECK_FALSE(parse_url(text));
}

TEST_CASE("what is shown has no credentials in it") {
  const std::pair<const char*, const char*> cases[] = {
      {"https://mcp.example.com/api?token=SECRET", "https://mcp.example.com/api"},
      {"https://user:SECRET@mcp.example.com:8443/", "https://mcp.example.com:8443"},
      {"https://SECRET@mcp.example.com/x#SECRET", "https://mcp.example.com/x"},
      {"postgres://user:SE/CRET@db.example.com/app", "postgres://db.example.com/app"},
      {"postgres://user:SE#CRET@db.example.com:5432/app", "postgres://db.example.com:5432/app"},
      {"https://hooks.example.com/s/SECRET0123456789abcdef/mcp", "https://hooks.example.com/s/…/mcp"},
      {"https://example.com/@owner/server/mcp", "https://example.com/@owner/server/mcp"},
      {"https://${HOST:-SECRET}/mcp", "https://…/mcp"},
      {"https://${env:HOST}:8080/mcp", "https://…/mcp"},
      {"https://h:SECRET/mcp", "https://…/mcp"},
      {"https://h/${SECRET}/mcp", "https://h/…/mcp"},
  };
  for (const auto& [text, expected] : cases) {
    CAPTURE(text);
    CHECK(shown(parsed(text)) == expected);
    CHECK(label(parsed(text)).find(':') == std::string::npos);
    CHECK(label(parsed(text)).find("SECRET") == std::string::npos);
  }
}

TEST_CASE("public and private hosts") {
  const std::pair<const char*, const char*> cases[] = {
      {"localhost", "private"},
      {"LOCALHOST", "private"},
      {"app.localhost", "private"},
      {"127.0.0.1", "private"},
      {"127.9.9.9", "private"},
      {"0.0.0.0", "private"},
      {"10.1.2.3", "private"},
      {"172.16.0.1", "private"},
      {"172.31.255.255", "private"},
      {"172.32.0.1", "public"},
      {"172.15.0.1", "public"},
      {"192.168.1.1", "private"},
      {"192.169.1.1", "public"},
      {"169.254.169.254", "private"},
      {"100.64.0.1", "private"},
      {"100.128.0.1", "public"},
      {"8.8.8.8", "public"},
      {"[::1]", "private"},
      {"[fd00::1]", "private"},
      {"[fe80::1]", "private"},
      {"[2001:db8::1]", "public"},
      {"[::ffff:10.0.0.1]", "private"},
      {"[::ffff:8.8.8.8]", "public"},
      {"printer", "private"},
      {"nas.local", "private"},
      {"mcp.corp.internal", "private"},
      {"mcp.example.com", "public"},
      {"localhost.example.com", "public"},
      {"10.0.0.1.example.com", "public"},
      {"256.1.1.1", "public"},
      {"${HOST}", ""},
      {"", ""},
  };
  for (const auto& [host, expected] : cases) {
    CAPTURE(host);
    CHECK(network_of(parsed(std::string("http://") + host + "/mcp")) == expected);
  }
}

TEST_CASE("percent escapes") {
  CHECK(percent_decode("a%20b%2Fc") == "a b/c");
  CHECK(percent_decode("%") == "%");
  CHECK(percent_decode("%4") == "%4");
  CHECK(percent_decode("%zz%41") == "%zzA");
  CHECK(percent_decode("%+1") == "%+1");
}
