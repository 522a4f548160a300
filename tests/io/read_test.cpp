#include <crosscut/io/read.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace crosscut;
namespace fs = std::filesystem;

namespace {

const std::string folder = CROSSCUT_TEST_DATA_DIR "/opengraph/";

// A folder of its own for each test, gone with it.
class scratch {
public:
  scratch()
      : path_(fs::temp_directory_path() /
              ("crosscut-read-" + std::to_string(::getpid()) + "-" + std::to_string(count++))) {
    fs::create_directories(path_);
  }
  ~scratch() { fs::remove_all(path_); }
  scratch(const scratch&) = delete;
  scratch& operator=(const scratch&) = delete;

  std::string file(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name) << text;
    return (path_ / name).string();
  }
  std::string path(const std::string& name) const { return (path_ / name).string(); }

private:
  static inline int count = 0;
  fs::path path_;
};

io::read_result read(const std::vector<std::string>& files, bool keep_going = false,
                     const std::string& format = {}) {
  io::read_options options;
  options.keep_going = keep_going;
  options.format = format;
  return io::read_inventory(files, options);
}

std::string node(const std::string& id, const std::string& properties = {}) {
  return R"({"id": ")" + id + R"(", "kinds": ["Agent"], "properties": {)" + properties + "}}\n";
}

std::string edge(const std::string& from, const std::string& to) {
  return R"({"kind": "DelegatesTo", "start": {"value": ")" + from + R"("}, "end": {"value": ")" + to +
         "\"}}\n";
}

std::vector<std::string> codes(const io::read_result& r) {
  std::vector<std::string> result;
  for (const auto& d : r.messages.items()) result.push_back(d.code);
  return result;
}

using list = std::vector<std::string>;

} // namespace

TEST_CASE("files merge, whatever file an edge's ends are in") {
  const scratch s;
  const auto r = read({s.file("1", edge("a", "b") + node("a", R"("name": "one")")),
                       s.file("2", node("b") + node("a", R"("name": "two")"))});
  REQUIRE(r.inventory);
  CHECK(r.inventory->node_count() == 2);
  CHECK(r.inventory->display_name(0) == "two");
  CHECK(codes(r) == list{"overridden"});
  CHECK(r.files.size() == 2);
  CHECK(r.files[1].nodes == 2);
  CHECK_FALSE(r.left_out_files());
}

TEST_CASE("a missing file and a folder") {
  const scratch s;
  const auto missing = read({s.path("missing.json")});
  CHECK(missing.inventory == nullptr);
  REQUIRE(codes(missing) == list{"cannot-open"});
  CHECK(missing.messages.items()[0].message.find("No such file") != std::string::npos);
  CHECK(missing.messages.items()[0].file == s.path("missing.json"));
  const auto directory = read({s.path("")});
  REQUIRE(codes(directory) == list{"cannot-open"});
  CHECK(directory.messages.items()[0].message.find("directory") != std::string::npos);
}

TEST_CASE("no file at all, and a format that does not exist") {
  CHECK(codes(read({})) == list{"no-input"});
  const auto r = read({folder + "valid/minimal.json"}, false, "opengraf");
  CHECK(r.inventory == nullptr);
  REQUIRE(codes(r) == list{"unknown-format"});
  CHECK(r.messages.items()[0].hint.find("opengraph, mcp-config, tools-list") != std::string::npos);
}

TEST_CASE("one file under two names is read once") {
  const scratch s;
  const auto file = s.file("a.jsonl", node("a", R"("observed": 1)"));
  const auto r = read({file, s.path("./a.jsonl"),
                       s.path("../") + fs::path(s.path("x")).parent_path().filename().string() + "/a.jsonl"});
  REQUIRE(r.inventory);
  CHECK(codes(r) == list{"duplicate-file", "duplicate-file"});
  CHECK(r.files.size() == 1);
  CHECK(as_number(r.inventory->node_property(0, "observed").value) == 1);
  CHECK_FALSE(r.left_out_files());
}

TEST_CASE("without keep_going one bad file refuses all, and all problems are told") {
  const scratch s;
  const auto r =
      read({s.file("good", node("a")), s.file("bad", "{\"id\": 1, \"kinds\": []}\n"), s.path("missing"),
            s.file("twice", node("b", R"("p": 1)") + node("b", R"("p": 2)") + edge("a", "elsewhere"))});
  CHECK(r.inventory == nullptr);
  CHECK(codes(r) == list{"opengraph-type", "cannot-open", "contradiction"});
  REQUIRE(r.files.size() == 4);
  CHECK(r.files[0].used);
  CHECK_FALSE(r.files[1].used);
  CHECK_FALSE(r.files[2].used);
  CHECK_FALSE(r.files[3].used);
}

TEST_CASE("with keep_going bad files are left out") {
  const scratch s;
  const auto r = read({s.file("good", node("a") + edge("a", "b")),
                       s.file("bad", node("b") + "{\"id\": 1, \"kinds\": []}\n"), s.path("missing")},
                      true);
  REQUIRE(r.inventory);
  CHECK(r.left_out_files());
  CHECK(codes(r) == list{"opengraph-type", "cannot-open", "undefined-node"});
  REQUIRE(r.inventory->node_count() == 2);
  CHECK(r.inventory->node_kinds(r.inventory->find_node("b")).empty());
  CHECK(r.files[0].used);
  CHECK(r.files[1].nodes == 0);
}

TEST_CASE("with keep_going a file that contradicts itself is left out and the rest read again") {
  const scratch s;
  const auto first = s.file("first", node("a", R"("name": "A", "trust": "odd")") + edge("a", "b"));
  const auto twice =
      s.file("twice", node("b", R"("p": 1)") + node("b", R"("p": 2)") + node("a", R"("name": "B")"));
  const auto last = s.file("last", node("c"));
  const auto r = read({first, twice, last}, true);
  REQUIRE(r.inventory);
  CHECK(codes(r) == list{"contradiction", "undefined-node", "not-in-vocabulary"});
  CHECK(r.messages.count(severity::error) == 1);
  CHECK(r.inventory->node_count() == 3);
  CHECK(r.inventory->display_name(0) == "A");
  CHECK(r.files[0].used);
  CHECK_FALSE(r.files[1].used);
  CHECK(r.files[2].used);
  const auto without = read({first, last}, true);
  REQUIRE(without.inventory);
  CHECK(without.inventory->content_fingerprint() == r.inventory->content_fingerprint());
}

TEST_CASE("with keep_going and nothing usable there is no inventory") {
  const scratch s;
  const auto r = read({s.file("twice", node("b", R"("p": 1)") + node("b", R"("p": 2)"))}, true);
  CHECK(r.inventory == nullptr);
  CHECK(codes(r) == list{"contradiction"});
  CHECK(r.left_out_files());
}

TEST_CASE("what can be read only once is kept where it is needed again") {
  const scratch s;
  const auto pipe = s.path("pipe");
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  std::thread writer([&] { std::ofstream(pipe) << node("a"); });
  const auto r = read({pipe, s.file("twice", node("b", R"("p": 1)") + node("b", R"("p": 2)"))}, true);
  writer.join();
  REQUIRE(r.inventory);
  CHECK(r.inventory->find_node("a") == 0);
  CHECK(r.inventory->node_count() == 1);
}

TEST_CASE("a stream that cannot be rewound is detected all the same") {
  const scratch s;
  const auto pipe = s.path("pipe");
  for (const auto* file : {"minimal.json", "mixed.jsonl"}) {
    std::ostringstream text;
    text << std::ifstream(folder + "valid/" + file).rdbuf();
    REQUIRE((fs::exists(pipe) || ::mkfifo(pipe.c_str(), 0600) == 0));
    std::thread writer([&] { std::ofstream(pipe) << text.str(); });
    const auto r = read({pipe});
    writer.join();
    REQUIRE(r.inventory);
    CHECK(r.inventory->content_fingerprint() ==
          read({folder + "valid/" + file}).inventory->content_fingerprint());
  }
}

TEST_CASE("what is no inventory is told with what was found") {
  const auto message = [](const std::string& file) {
    const auto r = read({folder + "other/" + file});
    CHECK(r.inventory == nullptr);
    REQUIRE(codes(r) == list{"unknown-format"});
    CHECK(r.messages.items()[0].hint.find("opengraph, mcp-config, tools-list") != std::string::npos);
    return to_string(r.messages.items()[0]);
  };
  const auto has = [&](const std::string& file, const std::string& text) {
    CAPTURE(file);
    CHECK(message(file).find(text) != std::string::npos);
  };
  has("unknown.json", R"("apiVersion", "items", "\u{1b}[31m")");
  has("array.json", "it is an array");
  has("empty_object.json", "an empty object");
  has("empty.json", "the input is empty");
  has("continue.yaml", "\"mcpServers:\"");
  has("continue.yaml", "YAML and TOML forms of MCP configurations are not read yet");
  has("codex.toml", "\"[mcp_servers.files]\"");
  has("codex_quoted.toml", "YAML and TOML");
}

TEST_CASE("broken JSON is told as such, not as an unknown format") {
  std::istringstream in("{\"a\": 1,}}");
  const auto r = io::read_inventory(in, "text");
  CHECK(codes(r) == list{"json-syntax"});
}

TEST_CASE("an object that only looks a little like OpenGraph is not taken for it") {
  for (const auto* text :
       {R"({"graph": {"command": "npx", "args": ["nodes"]}})", R"({"id": 1, "result": {}})",
        R"({"x": {"graph": {"nodes": []}}})", R"({"graph": [{"nodes": []}]})"}) {
    CAPTURE(text);
    std::istringstream in(text);
    const auto r = io::read_inventory(in, "text");
    CHECK(r.inventory == nullptr);
    CHECK(r.files[0].format != "opengraph");
  }
}
