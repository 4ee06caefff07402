#include "ohmloop/arch/key_documents.hpp"

#include <gtest/gtest.h>

#include "ohmloop/arch/arch_testing.hpp"
#include "ohmloop/arch/node_keys.hpp"
#include "ohmloop/text/source.hpp"

namespace ohmloop {
namespace {

std::string text_of(const char* path) { return read_source_file(std::string(OHMLOOP_SOURCE_DIR "/") + path)->text; }

TEST(KeyDocuments, TheSchemaIsMadeFromTheTableOfKeys) {
  EXPECT_EQ(text_of("share/ohmloop/schemas/architecture.schema.json"), architecture_schema())
      << "the table of keys has changed: replace the file by the text above";
}

TEST(KeyDocuments, TheManualHoldsTheTableOfKeys) {
  EXPECT_NE(text_of("docs/architecture.md").find(key_reference()), std::string::npos)
      << "the table of keys has changed: replace the section 'All keys' of docs/architecture.md by\n"
      << key_reference();
}

TEST(KeyDocuments, TheManualsExampleIsReadWithoutAWarning) {
  const std::string manual = text_of("docs/architecture.md");
  const std::string fence = "```yaml\n";
  const std::size_t start = manual.find(fence) + fence.size();
  const std::string example = manual.substr(start, manual.find("```", start) - start);
  EXPECT_EQ(arch_testing::complaints(arch_testing::file(example)), "");
}

TEST(KeyDocuments, EveryTagIsFoundByItsName) {
  for (const std::string& tag : tag_names()) EXPECT_EQ(find_node_tag(tag)->tag, tag);
  EXPECT_EQ(find_node_tag("!Memry"), nullptr);
  EXPECT_EQ(find_node_tag("!Memory")->key("size")->name, "size");
  EXPECT_EQ(find_node_tag("!Memory")->key("sise"), nullptr);
}

}  // namespace
}  // namespace ohmloop
