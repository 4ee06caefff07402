#include "ohmloop/study/study_folder.hpp"

#include <filesystem>

#include <fmt/format.h>

#include "ohmloop/study/store_copy.hpp"
#include "ohmloop/text/diagnostic.hpp"

namespace ohmloop {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const std::string& message, std::vector<std::string> notes = {}) {
  throw InputError(Diagnostic{Severity::error, message, {}, {}, std::move(notes)});
}

void make_folder(const std::string& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error || !fs::is_directory(path, error)) {
    throw IoError(fmt::format("cannot make the folder '{}': {}", path, error ? error.message() : "it is a file"));
  }
}

std::string form_of(const StoreLabel& label) { return label.quick ? "the quick form" : "the full form"; }

/// What of another label does not fit, in words; empty if all does.
std::string difference(const StoreLabel& there, const StoreLabel& wanted) {
  if (there.study != wanted.study) return fmt::format("results of another study, '{}'", there.study);
  if (there.quick != wanted.quick) return fmt::format("results of {} of this study", form_of(there));
  if (there.identity != wanted.identity) return "results of this study as it was before its axes or settings changed";
  if (there.shard != wanted.shard || there.shards != wanted.shards) {
    return there.shards == 1 ? "results of the whole study, not of a shard"
                             : fmt::format("results of shard {}/{}", there.shard, there.shards);
  }
  return {};
}

bool same_files(const std::vector<InputFile>& a, const std::vector<InputFile>& b, std::string& which) {
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    if (a[i].path == b[i].path && a[i].sha256 == b[i].sha256) continue;
    which = a[i].path;
    return false;
  }
  return a.size() == b.size();
}

void refuse_different(const std::string& path, const StoreLabel& there, const StoreLabel& wanted) {
  const std::string different = difference(there, wanted);
  if (different.empty()) return;
  refuse(fmt::format("'{}' holds {}", path, different), {"give another folder with -o, or remove this one"});
}

/// A process that was killed at once may have left an empty file.
bool has_store(const std::string& path) {
  const std::string file = ResultStore::path_in(path);
  std::error_code ignored;
  return fs::exists(file, ignored) && fs::file_size(file, ignored) > 0;
}

}  // namespace

StudyFolder::StudyFolder(const std::string& path, const StoreLabel& label, bool resume) : path_(path) {
  make_folder(path);
  lock_ = std::make_unique<FolderLock>(path);
  if (!has_store(path)) {
    store_ = ResultStore::create(path, label);
    return;
  }
  store_ = ResultStore::open(path, label.tool);
  refuse_different(path, store_->label(), label);
  if (!resume && store_->results() > 0) {
    refuse(fmt::format("'{}' holds results of this study already", path),
           {"go on with them: --resume; or give another folder with -o"});
  }
  store_->set_text(label.study_path, label.study_text);
}

void check_resumable(const std::string& path, const StoreLabel& label) {
  if (!has_store(path)) return;
  const StoreCopy copy(path);
  refuse_different(path, ResultStore::open(copy.folder(), label.tool)->label(), label);
}

StoreLabel label_of_shards(const std::vector<std::string>& folders, const std::string& tool) {
  std::optional<StoreLabel> label;
  for (const std::string& folder : folders) {
    const std::unique_ptr<ResultStore> store = ResultStore::open(folder, tool);
    StoreLabel there = store->label();
    if (label && there.shards != label->shards) {
      refuse(fmt::format("'{}' is one of {} shards, '{}' one of {}", folder, there.shards, folders.front(),
                         label->shards));
    }
    const std::uint64_t shards = there.shards;
    there.shard = 0;
    there.shards = 1;
    if (label) {
      StoreLabel wanted = *label;
      wanted.shards = 1;
      const std::string different = difference(there, wanted);
      if (!different.empty()) {
        refuse(fmt::format("'{}' holds {}", folder, different),
               {fmt::format("'{}' is of '{}', {}", folders.front(), label->study, form_of(*label))});
      }
    } else {
      label = there;
      label->shards = shards;
    }
  }
  label->shards = 1;
  return *label;
}

void merge_shards(const std::vector<std::string>& folders, const std::string& tool, StudyFolder& merged) {
  std::vector<InputFile> inputs;
  for (std::size_t i = 0; i < folders.size(); ++i) {
    const std::unique_ptr<ResultStore> store = ResultStore::open(folders[i], tool);
    std::string which;
    if (i > 0 && !same_files(inputs, store->inputs(), which)) {
      refuse(fmt::format("'{}' and '{}' come from different files", folders.front(), folders[i]),
             {fmt::format("'{}' had other contents", which)});
    }
    inputs = store->inputs();
    merged.store().take_from(*store);
  }
  merged.store().set_inputs(inputs);
}

}  // namespace ohmloop
