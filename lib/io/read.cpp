// Files to one inventory: open, detect, hand to the reader, merge; with keep_going leave bad files out.
#include "detect.hpp"
#include "json/document.hpp"
#include "reader.hpp"
#include "replay.hpp"

#include <crosscut/base/escape.hpp>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <set>
#include <sstream>
#include <stdexcept>
#include <system_error>

namespace crosscut::io {

namespace {

namespace fs = std::filesystem;

diagnostic cannot_open(const std::string& name, const std::string& reason) {
  return {severity::error,
          "cannot-open",
          name,
          {},
          {},
          crosscut::quoted(name) + " cannot be read: " + reason,
          {}};
}

// A file, or a stream that somebody else opened. What can be read only once is kept in memory where it may be
// needed again.
class source {
public:
  explicit source(std::string name) : name_(std::move(name)) {
    if (name_ == "-") stream_ = &std::cin;
  }
  source(std::istream& stream, std::string name) : name_(std::move(name)), stream_(&stream) {}

  const std::string& name() const noexcept { return name_; }

  /// The stream to read from; null, and a diagnostic, where there is none.
  std::istream* open(diagnostics& messages, bool again_later) {
    if (kept_) return &kept_->seekg(0);
    std::error_code ignored;
    if (!stream_ && fs::is_directory(name_, ignored)) {
      messages.add(cannot_open(name_, "it is a directory"));
      return nullptr;
    }
    std::istream* const stream = stream_ ? stream_ : open_file(messages);
    const bool once = stream_ || !fs::is_regular_file(name_, ignored);
    if (!stream || !once || !again_later) return stream;
    kept_.emplace(std::string(std::istreambuf_iterator<char>(*stream), {}));
    return &*kept_;
  }
  void close() { file_.close(); }

private:
  std::istream* open_file(diagnostics& messages) {
    file_ = std::ifstream(name_, std::ios::binary);
    if (file_) return &file_;
    messages.add(cannot_open(name_, std::generic_category().message(errno)));
    return nullptr;
  }

  std::string name_;
  std::istream* stream_ = nullptr;
  std::ifstream file_;
  std::optional<std::istringstream> kept_;
};

bool read_document(std::istream& in, std::string& format, reader_context& context) {
  json::document_options options;
  options.read.file = context.file;
  options.read.allow_comments = options.read.allow_trailing_commas = true;
  const auto document = json::parse_document(in, options, context.messages);
  if (!document) return false;
  if (format.empty()) format = detect_document(*document);
  if (format == "mcp-config") return read_mcp_config(*document, context);
  if (format == "tools-list") return read_tools_list(*document, context);
  context.messages.add(unknown_document(context.file, *document));
  return false;
}

bool read_stream(std::istream& in, std::string& format, reader_context& context) {
  replay_buffer buffer(*in.rdbuf());
  std::istream replay(&buffer);
  const auto form = detect_opengraph(replay);
  buffer.rewind();
  replay.clear();
  if (format.empty() && form) format = "opengraph";
  if (format == "opengraph") return read_opengraph(replay, form.value_or(opengraph_form::whole), context);
  if (auto problem = not_json(context.file, buffer.kept())) {
    context.messages.add(std::move(*problem));
    return false;
  }
  return read_document(replay, format, context);
}

class session {
public:
  session(std::vector<source> sources, const read_options& options, const diagnostics& before = diagnostics())
      : sources_(std::move(sources)), options_(options), summaries_(sources_.size()) {
    result_.messages.add(before);
  }

  read_result run() {
    for (bool first = true;; first = false) {
      inventory_builder builder;
      const bool good = read_all(builder, first);
      if (!good && !options_.keep_going)
        check_only(std::move(builder));
      else if (!any_used() || freeze(std::move(builder)))
        break;
      if (!options_.keep_going) break;
    }
    result_.files = std::move(summaries_);
    return std::move(result_);
  }

private:
  bool any_used() const { return std::ranges::any_of(summaries_, &file_summary::used); }

  /// False: a file had errors. Messages are kept of the first reading only; later ones say the same.
  bool read_all(inventory_builder& builder, bool first) {
    bool good = true;
    for (std::size_t i = 0; i < sources_.size(); ++i) {
      auto& summary = summaries_[i];
      if (!first && !summary.used) continue;
      diagnostics messages;
      summary.file = sources_[i].name();
      summary.used = read_one(sources_[i], summary, builder, messages);
      if (!summary.used) builder.drop_file();
      good &= summary.used;
      if (first) result_.messages.add(messages);
    }
    return good;
  }

  bool read_one(source& from, file_summary& summary, inventory_builder& builder, diagnostics& messages) {
    builder.begin_file(from.name());
    auto* const in = from.open(messages, options_.keep_going && sources_.size() > 1);
    if (!in) return false;
    summary.format = options_.format;
    reader_context context{from.name(), builder, messages, options_};
    bool good = false;
    try {
      good = read_stream(*in, summary.format, context) && messages.count(severity::error) == 0;
    } catch (const std::length_error& e) {
      messages.add({severity::error, "too-large", from.name(), {}, {}, e.what(), "split the inventory"});
    }
    from.close();
    summary.nodes = good ? builder.nodes_in_file() : 0;
    summary.edges = good ? builder.edges_in_file() : 0;
    return good;
  }

  /// The graph of what was read. False: files that contradict themselves are now left out, and the rest is to
  /// be read again.
  bool freeze(inventory_builder builder) {
    diagnostics found;
    auto graph = std::move(builder).freeze(found, {options_.keep_going});
    if (graph) result_.inventory = std::make_shared<const property_graph>(std::move(*graph));
    if (graph) return result_.messages.add(found), true;
    const bool again = leave_out_bad(found) && options_.keep_going;
    if (again)
      add_errors(found);
    else
      result_.messages.add(found);
    return !again;
  }

  bool leave_out_bad(const diagnostics& found) {
    bool any = false;
    for (const auto& d : found.items()) {
      const auto bad = std::ranges::find(summaries_, d.file, &file_summary::file);
      if (d.level != severity::error || bad == summaries_.end()) continue;
      bad->used = false;
      bad->nodes = bad->edges = 0;
      any = true;
    }
    return any;
  }

  /// All problems are reported, so also those between records, as far as the readable files show them.
  /// Undefined nodes may lie in the others.
  void check_only(inventory_builder builder) {
    diagnostics found;
    static_cast<void>(std::move(builder).freeze(found, {true}));
    leave_out_bad(found);
    add_errors(found);
  }

  void add_errors(const diagnostics& found) {
    for (const auto& d : found.items())
      if (d.level == severity::error) result_.messages.add(d);
  }

  std::vector<source> sources_;
  const read_options& options_;
  std::vector<file_summary> summaries_;
  read_result result_;
};

bool is_known(const std::string& format) {
  return format.empty() || std::ranges::find(known_formats, format) != known_formats.end();
}

read_result refused(std::string code, std::string message, std::string hint) {
  read_result result;
  result.messages.add({severity::error, std::move(code), {}, {}, {}, std::move(message), std::move(hint)});
  return result;
}

read_result unknown_format(const std::string& format) {
  return refused("unknown-format", "there is no input format " + crosscut::quoted(format),
                 "known formats: " + format_list());
}

std::string identity(const std::string& name) {
  std::error_code failed;
  const auto path = name == "-" ? fs::path() : fs::canonical(name, failed);
  return name == "-" || failed ? name : path.string();
}

} // namespace

read_result read_inventory(std::span<const std::string> files, const read_options& options) {
  if (!is_known(options.format)) return unknown_format(options.format);
  if (files.empty())
    return refused("no-input", "there is no file to read", "name a file, or - for standard input");
  std::vector<source> sources;
  std::set<std::string> seen;
  diagnostics twice;
  for (const auto& name : files) {
    if (seen.insert(identity(name)).second)
      sources.emplace_back(name);
    else
      twice.add({severity::warning,
                 "duplicate-file",
                 name,
                 {},
                 {},
                 crosscut::quoted(name) + " is given twice",
                 "it was read once"});
  }
  return session(std::move(sources), options, twice).run();
}

read_result read_inventory(std::istream& in, const std::string& name, const read_options& options) {
  if (!is_known(options.format)) return unknown_format(options.format);
  std::vector<source> sources;
  sources.emplace_back(in, name);
  return session(std::move(sources), options).run();
}

} // namespace crosscut::io
