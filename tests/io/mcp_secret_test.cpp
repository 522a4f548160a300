#include "io/mcp_secret.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace crosscut;
using namespace crosscut::io::mcp;

namespace {

// "key=value" for literals, "key->reference" for others.
std::string text_of(const credentials& found) {
  std::string out;
  for (const auto& c : found)
    out += (out.empty() ? "" : " | ") + c.key + (c.literal ? "=" + c.value : "->" + c.reference);
  return out;
}

std::string in_value(std::string_view name, std::string_view value) {
  credentials found;
  const std::vector<std::string> inputs{"token"};
  find_in_value(name, value, inputs, {}, found);
  return text_of(found);
}

} // namespace

TEST_CASE("names of secrets") {
  for (const char* name : {"API_KEY",     "GITHUB_TOKEN",          "GITHUB_PAT",    "PGPASSWORD",
                           "MYSQL_PWD",   "AWS_SECRET_ACCESS_KEY", "apiKey",        "accessToken",
                           "X-Api-Key",   "X-Slack-Token",         "Authorization", "Proxy-Authorization",
                           "Cookie",      "client_secret",         "OPENAI_APIKEY", "DB_PASS",
                           "SMTP_PASSWD", "GOOGLE_CREDENTIALS",    "--api-key",     "NPM_AUTHTOKEN",
                           "PRIVATE_KEY"}) {
    CAPTURE(name);
    CHECK(is_secret_name(name));
  }
  for (const char* name : {"",
                           "NODE_ENV",
                           "AWS_PROFILE",
                           "AWS_REGION",
                           "LOG_LEVEL",
                           "PATH",
                           "MEMORY_DIR",
                           "PWD",
                           "MAX_TOKENS",
                           "TOKENIZERS_PARALLELISM",
                           "TOKEN_URL",
                           "SSH_KEY_FILE",
                           "PUBLIC_KEY",
                           "AWS_ACCESS_KEY_ID",
                           "KEYBOARD",
                           "MONKEY",
                           "SECRET_NAME",
                           "Content-Type",
                           "COMPATIBLE",
                           "PATTERN",
                           "KEY_VAULT_NAME",
                           "PASSENGERS"}) {
    CAPTURE(name);
    CHECK_FALSE(is_secret_name(name));
  }
}

TEST_CASE("values that are secrets by their form") {
  for (const char* value :
       {"sk-test-12345", "sk-proj-abc123def456", "ghp_xxxxxxxxxxxx", "github_pat_11ABCDEFG",
        "xoxb-fake-token", "glpat-abcdefgh", "AKIAIOSFODNN7EXAMPLE",
        "AIzaSyA1234567890abcdefghijklmnopqrstuv", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln",
        "-----BEGIN RSA PRIVATE KEY-----\nMII"}) {
    CAPTURE(value);
    CHECK(is_known_secret(value));
  }
  for (const char* value :
       {"", "sk-", "sk-learn-contrib", "ghp_", "AKIA", "AIza", "eyJhbGciOiJIUzI1NiJ9", "production",
        "-----BEGIN CERTIFICATE-----", "ghp_with spaces in it", "https://api.example.com"}) {
    CAPTURE(value);
    CHECK_FALSE(is_known_secret(value));
  }
}

TEST_CASE("placeholders are not literals") {
  const std::pair<const char*, const char*> cases[] = {
      {"", ""},
      {"  ", ""},
      {"<your-key>", ""},
      {"YOUR_API_KEY", ""},
      {"your-token-here", ""},
      {"${X}", "env:X"},
      {"${env:X}", "env:X"},
      {"${input:x}", "input:x"},
      {"$X", "env:X"},
      {"%X%", "env:X"},
      {"{{ x }}", "{{x}}"},
      {"${X:-}", "env:X"},
      {"Token token=${X}", "env:X"},
      {"${not a name}", ""},
      {"${X:-${Y}}", "env:X"},
  };
  for (const auto& [value, reference] : cases) {
    CAPTURE(value);
    const auto p = find_placeholder(value);
    REQUIRE(p);
    CHECK(p->reference == reference);
    CHECK_FALSE(p->fallback);
  }
  CHECK(find_placeholder("${X:-real}")->fallback == "real");
  for (const char* value :
       {"abc", "$1", "$", "100%", "%%", "a<b>", "pa$$word", "${unclosed", "your-3f2a9c81"}) {
    CAPTURE(value);
    CHECK_FALSE(find_placeholder(value));
  }
}

TEST_CASE("one named value") {
  const std::pair<std::pair<const char*, const char*>, const char*> cases[] = {
      {{"GITHUB_TOKEN", "abc"}, "GITHUB_TOKEN=abc"},
      {{"Authorization", "Bearer abc"}, "Authorization=abc"},
      {{"Authorization", "bearer  abc "}, "Authorization=abc"},
      {{"Authorization", "Bearer"}, "Authorization->"},
      {{"Authorization", "Bearer ${input:token}"}, "Authorization->input:token"},
      {{"X-Custom", "${input:token}"}, "X-Custom->input:token"}, // the prompt says password
      {{"X-Custom", "${input:other}"}, ""},
      {{"SETTING", "xoxb-fake-token"}, "SETTING=xoxb-fake-token"},
      {{"API_KEY", "${API_KEY:-sk-1234567890}"}, "API_KEY=sk-1234567890"},
      {{"API_KEY", "true"}, ""},
      {{"CREDENTIALS", "/etc/keys/key.json"}, ""},
      {{"CREDENTIALS", "~/key.json"}, ""},
      {{"CREDENTIALS", "C:\\keys\\key.json"}, ""},
      {{"SECRET_KEY", "/wJalrXUtnFEMI/K7MDENG"}, "SECRET_KEY=/wJalrXUtnFEMI/K7MDENG"}, // base64, not a path
      {{"KEY_SERVER", "https://keys.example.com"}, ""},
      {{"DATABASE_URL", "postgres://app:pw@db/app"}, "DATABASE_URL=pw"},
      {{"DATABASE_URL", "postgres://app:${PW}@db/app"}, "DATABASE_URL->env:PW"},
      {{"DATABASE_URL", "postgres://app@db/app"}, ""},
      {{"REPO", "https://ghp_abcdefgh1234@github.com/o/r"}, "REPO=ghp_abcdefgh1234"},
      {{"URL", "https://h/x?api_key=abc&page=2"}, "api_key=abc"},
      {{"URL", "https://h/s/sk-abcd1234567/x"}, "URL=sk-abcd1234567"},
      {{"NODE_ENV", "production"}, ""},
  };
  for (const auto& [in, expected] : cases) {
    CAPTURE(in.first);
    CAPTURE(in.second);
    CHECK(in_value(in.first, in.second) == expected);
  }
}

TEST_CASE("arguments, and what is left of them for the identity of the server") {
  using list = std::vector<std::string>;
  struct example {
    list arguments;
    std::string found;
    list masked;
  };
  const example cases[] = {
      {{"--token", "abc", "--verbose"}, "token=abc", {"--token", "*", "--verbose"}},
      {{"--token=abc"}, "token=abc", {"--token=*"}},
      {{"--token", "--verbose"}, "", {"--token", "--verbose"}},
      {{"--token-file", "/run/x"}, "", {"--token-file", "/run/x"}},
      {{"API_KEY=abc"}, "API_KEY=abc", {"API_KEY=*"}},
      {{"--header", "Authorization: Bearer abc"}, "Authorization=abc", {"--header", "Authorization:*"}},
      {{"-H", "X-Env: test"}, "", {"-H", "X-Env: test"}},
      {{"--header=X-Api-Key:${KEY}"}, "X-Api-Key->env:KEY", {"--header=X-Api-Key:*"}},
      {{"postgresql://u:pw@h:5432/db"}, "argument=pw", {"postgresql://h:5432/db"}},
      {{"postgresql://localhost:5432/devdb"}, "", {"postgresql://localhost:5432/devdb"}},
      {{"ghp_abcdefgh1234"}, "argument=ghp_abcdefgh1234", {"*"}},
      {{"/workspace", "src/a=b.txt"}, "", {"/workspace", "src/a=b.txt"}},
  };
  for (const auto& c : cases) {
    credentials found;
    CAPTURE(c.arguments.front());
    CHECK(find_in_arguments(c.arguments, {}, {}, found) == c.masked);
    CHECK(text_of(found) == c.found);
  }
}
