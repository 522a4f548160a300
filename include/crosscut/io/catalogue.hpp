#pragma once

#include <crosscut/attack/catalogue.hpp>
#include <crosscut/base/diagnostic.hpp>

#include <iosfwd>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace crosscut::io {

/// Reads a catalogue document (schema "crosscut.catalogue/1"; docs/catalogue.md explains every field by
/// example).
///
/// Nothing where `out` got an error. All problems are reported, each with line, column, JSON pointer and,
/// where one can be guessed, what would be right: keys that no field has, missing fields, wrong types,
/// numbers out of range, names that the document does not define. Warnings are for what is legal but probably
/// not meant: kinds that the inventory's schema does not know, values outside a property's vocabulary, an
/// effect of 0 without proof. What is returned is consistent: every state, control and technique that it
/// names exists, as compile() needs it.
///
/// `name` stands for the document in diagnostics. At most 16 MiB and 65,534 techniques or states are read.
/// O(size). Thread-safe.
std::optional<catalogue> read_catalogue(std::string_view text, const std::string& name, diagnostics& out);
std::optional<catalogue> read_catalogue(std::istream& in, const std::string& name, diagnostics& out);

/// The catalogue as a document that read_catalogue() reads back to an equal catalogue. O(size).
std::string write_catalogue(const catalogue&);

/// Names of the catalogues that are compiled into the library: "generic", "maestro".
std::span<const std::string_view> builtin_catalogue_names() noexcept;

/// The document of a built-in catalogue, byte for byte as its authors wrote it; empty where there is none of
/// that name.
std::string_view builtin_catalogue_text(std::string_view name) noexcept;

/// A built-in catalogue, read at its first use and shared from then on; null where there is none of that
/// name. Thread-safe.
std::shared_ptr<const catalogue> builtin_catalogue(std::string_view name);

} // namespace crosscut::io
