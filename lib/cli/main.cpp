#include "common.hpp"

#include <crosscut/version.hpp>

#include <exception>
#include <iostream>
#include <new>

namespace {

constexpr auto footer =
    R"(Exit codes: 0 done · 2 wrong usage · 3 bad input · 4 a limit stopped the work or files were left out
            5 output failed · 130 interrupted

Try:  crosscut scan samples/inventories/refund_desk.json
      crosscut paths estate.json --catalogue generic --source a --target b -k 10)";

int run(int argc, char** argv) {
  using namespace crosscut::cli;
  CLI::App app("Crosscut: attack paths through AI agent systems");
  app.set_version_flag("--version", CROSSCUT_VERSION);
  app.require_subcommand(1);
  app.footer(footer);
  exit_code result = success;
  add_scan(app, result);
  add_paths(app, result);
  add_import(app, result);
  add_validate(app, result);
  add_catalogue(app, result);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& e) {
    return app.exit(e);
  } catch (const CLI::ParseError& e) {
    app.exit(e);
    return wrong_usage;
  }
  return result;
}

} // namespace

int main(int argc, char** argv) {
  using namespace crosscut::cli;
  install_signal_handlers();
  try {
    return run(argc, argv);
  } catch (const failure& f) {
    std::cerr << "crosscut: " << f.message << '\n';
    return f.code;
  } catch (const std::bad_alloc&) {
    std::cerr << "crosscut: out of memory\n";
    return not_complete;
  } catch (const std::exception& e) {
    std::cerr << "crosscut: " << e.what() << '\n';
    return bad_input;
  }
}
