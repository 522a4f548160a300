// A stream whose beginning can be read twice, for input that cannot be rewound.
#pragma once

#include <cstddef>
#include <istream>
#include <streambuf>
#include <string>
#include <string_view>
#include <vector>

namespace crosscut::io {

/// Reads from `source` and keeps what was read until rewind(); then gives that again, and the rest without
/// keeping it.
class replay_buffer final : public std::streambuf {
public:
  explicit replay_buffer(std::streambuf& source) : source_(source) {}

  /// Back to the beginning. To be called once.
  void rewind();
  /// What was read up to now, or the kept beginning after rewind().
  std::string_view kept() const noexcept { return kept_; }

protected:
  int_type underflow() override;
  std::streamsize xsgetn(char* to, std::streamsize n) override;

private:
  std::streambuf& source_;
  std::string kept_;
  std::vector<char> one_piece_;
  bool recording_ = true;
};

} // namespace crosscut::io
