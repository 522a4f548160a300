#include "replay.hpp"

#include <algorithm>
#include <cstring>

namespace crosscut::io {

namespace {

constexpr std::size_t piece_size = 4096;

} // namespace

void replay_buffer::rewind() {
  recording_ = false;
  setg(kept_.data(), kept_.data(), kept_.data() + kept_.size());
}

replay_buffer::int_type replay_buffer::underflow() {
  if (gptr() < egptr()) return traits_type::to_int_type(*gptr());
  one_piece_.resize(piece_size);
  const auto n = source_.sgetn(one_piece_.data(), static_cast<std::streamsize>(piece_size));
  if (n <= 0) return traits_type::eof();
  if (recording_) kept_.append(one_piece_.data(), static_cast<std::size_t>(n));
  setg(one_piece_.data(), one_piece_.data(), one_piece_.data() + n);
  return traits_type::to_int_type(*gptr());
}

// Large reads go past the small buffer, but while recording: then small ones show more of the beginning than
// was asked for.
std::streamsize replay_buffer::xsgetn(char* to, std::streamsize n) {
  if (recording_) return std::streambuf::xsgetn(to, n);
  const auto ready = std::min<std::streamsize>(n, egptr() - gptr());
  if (ready > 0) {
    std::memcpy(to, gptr(), static_cast<std::size_t>(ready));
    gbump(static_cast<int>(ready));
  }
  if (ready == n) return n;
  const auto more = source_.sgetn(to + ready, n - ready);
  return ready + std::max<std::streamsize>(more, 0);
}

} // namespace crosscut::io
