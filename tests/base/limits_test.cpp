#include <crosscut/base/limits.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <stop_token>
#include <string>
#include <vector>

using namespace crosscut;

TEST_CASE("no limits, no end") {
  const limits none;
  limit_watch watch(none, "steps", 0, 0);
  for (int i = 0; i < 5000; ++i) REQUIRE(watch.step(1u << 30));
  CHECK(watch.count() == 5000);
  CHECK_FALSE(watch.hit());
}

TEST_CASE("expansions: the default, or the caller's") {
  limits l;
  for (const std::uint64_t wanted : {0u, 7u}) {
    l.max_expansions = wanted;
    const std::uint64_t most = wanted ? wanted : 5;
    limit_watch watch(l, "steps", 5, 0);
    for (std::uint64_t i = 0; i < most; ++i) CHECK(watch.step());
    CHECK_FALSE(watch.step());
    CHECK_FALSE(watch.step());
    CHECK(watch.hit() == limit_hit{"expansions", static_cast<double>(most), std::to_string(most) + " steps"});
  }
}

TEST_CASE("memory") {
  limits l;
  l.max_memory = 100;
  limit_watch watch(l, "steps", 0, 1);
  CHECK(watch.step(100));
  CHECK_FALSE(watch.step(101));
  CHECK(watch.hit() == limit_hit{"memory", 100, "1 steps"});
}

TEST_CASE("a timeout and a stop token end the work within 1,024 steps") {
  limits late;
  late.timeout = std::chrono::seconds(0);
  limit_watch timed(late, "steps", 0, 0);
  CHECK_FALSE(timed.step());
  CHECK(timed.hit()->name == "timeout");

  std::stop_source source;
  limits stopped;
  stopped.stop = source.get_token();
  limit_watch watch(stopped, "steps", 0, 0);
  CHECK(watch.step());
  source.request_stop();
  int more = 0;
  while (watch.step()) ++more;
  CHECK(more <= 1024);
  CHECK(watch.hit()->name == "interrupted");
}

TEST_CASE("progress is told now and then") {
  std::vector<std::uint64_t> told;
  limits l;
  l.on_progress = [&](const progress& p) {
    CHECK(p.what == "steps");
    told.push_back(p.done);
  };
  limit_watch watch(l, "steps", 0, 0);
  for (int i = 0; i < 3000; ++i) watch.step();
  CHECK(told == std::vector<std::uint64_t>{0, 1024, 2048});
}
