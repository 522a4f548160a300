// URLs in MCP configurations: where a server is, and the credentials that hide in them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crosscut::io::mcp {

/// An absolute URL or connection string in its parts. Texts are as written but for `scheme` and `host`, which
/// are in lower case.
struct url {
  std::string scheme, user, password, host, port, path;
  bool has_user = false, has_password = false;
  std::vector<std::pair<std::string, std::string>> query;
  /// The host is a placeholder (`${HOST}`), or an empty text: nobody knows where this is.
  bool host_known = true;
};

/// Nothing where `text` is not `scheme://…`. O(n).
std::optional<url> parse_url(std::string_view text);

/// Fit to be shown: scheme, host, port and path; never user, password or query, and path segments that look
/// like keys are "…".
std::string shown(const url&);

/// "host/path" for ids: no colon, nothing that shown() leaves out.
std::string label(const url&);

/// "private" for this machine, private and link-local addresses and names that only a local resolver knows;
/// "public" for other hosts; nothing where the host is not known.
std::string_view network_of(const url&) noexcept;

/// The characters that %XX stand for.
std::string percent_decode(std::string_view text);

} // namespace crosscut::io::mcp
