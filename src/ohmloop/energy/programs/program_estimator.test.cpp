#include "ohmloop/energy/programs/program_estimator.hpp"

#include <filesystem>
#include <fstream>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include "ohmloop/energy/programs/child_process.hpp"

namespace ohmloop {
namespace {

const std::string share = OHMLOOP_SOURCE_DIR "/share/ohmloop/estimators/";

AttributeMap attributes_of(const std::map<std::string, Quantity>& numbers) {
  AttributeMap attributes;
  for (const auto& [name, value] : numbers) attributes[name] = {value, {}, AttributeOrigin::stated};
  return attributes;
}

Choice ask(const Registry& registry, const std::string& class_name, const std::string& action,
           const std::map<std::string, Quantity>& numbers, const ActionArguments& arguments = {},
           Query::Subject subject = Query::Subject::energy) {
  const ComponentClass* component = registry.classes().find(class_name);
  EXPECT_NE(component, nullptr);
  return choose_estimate(registry, *component, attributes_of(numbers), subject, component->action(action), {},
                         &arguments);
}

std::string start_errors(Registry& registry, const std::string& command, const ProgramOptions& options = {}) {
  Diagnostics diagnostics;
  add_estimator_program(registry, command, diagnostics, options);
  return render(diagnostics.all());
}

TEST(EstimatorProgram, PythonExampleAnswersForAClassOfItsOwn) {
  Registry registry;
  ASSERT_EQ(start_errors(registry, "python3 " + share + "ring_adc.py"), "");
  const std::map<std::string, Quantity> ring = {{"stages", {15, {}}}, {"supply", {0.8, dimension::voltage}}};
  const Choice busy = ask(registry, "ring_adc", "convert", ring, {{"busy", 1}});
  ASSERT_TRUE(busy.estimate.has_value());
  EXPECT_DOUBLE_EQ(busy.estimate->value, 0.004 * 15 * 0.8 * 0.8);
  EXPECT_EQ(busy.estimate->provenance.estimator, "program ring_adc");
  EXPECT_EQ(busy.estimate->accuracy_percent, 60);
  EXPECT_EQ(busy.used, (std::set<std::string>{"stages", "supply"}));
  EXPECT_DOUBLE_EQ(ask(registry, "ring_adc", "convert", ring, {{"busy", 0}}).estimate->value, 0.0004 * 15 * 0.8 * 0.8);
  EXPECT_DOUBLE_EQ(ask(registry, "ring_adc", "convert", ring).estimate->value, busy.estimate->value);  // costliest
  EXPECT_DOUBLE_EQ(ask(registry, "ring_adc", "", ring, {}, Query::Subject::area).estimate->value, 22.5);
  const Choice lacking = ask(registry, "ring_adc", "convert", {}, {{"busy", 1}});
  EXPECT_EQ(lacking.rejections, std::vector<std::string>{"program ring_adc rejects: needs 'stages' and 'supply'"});
}

TEST(EstimatorProgram, CppExampleJoinsTheBuiltInModelsOfAClass) {
  Registry registry;
  register_builtin_estimators(registry);
  ASSERT_EQ(start_errors(registry, fmt::format("'{}'", OHMLOOP_LOOKUP_ADC)), "");
  const auto at = [&](double bits) {
    return ask(registry, "adc", "convert",
               {{"resolution", {bits, dimension::bits}},
                {"rate", {1e9, dimension::frequency}},
                {"technology", {28e-9, dimension::length}}});
  };
  EXPECT_DOUBLE_EQ(at(8).estimate->value, 2.1);
  EXPECT_EQ(at(7).estimate->provenance.estimator, "model adc_survey");
}

/// A program in sh that describes itself and then does as it is told.
class BadProgram : public testing::Test {
 protected:
  void SetUp() override { std::filesystem::create_directories(folder_); }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  static constexpr const char* description =
      R"({"id":1,"name":"bad","accuracy":50,"classes":[{"name":"thing","attributes":[{"name":"x"}],)"
      R"("actions":[{"name":"go"}]}]})";

  std::string write(const std::string& script) {
    const std::filesystem::path path = folder_ / "program.sh";
    std::ofstream(path) << script;
    return "sh " + path.string();
  }

  /// What is told when it answers its first question with `then`.
  std::string errors_of(const std::string& then, const ProgramOptions& options = {}) {
    Registry registry;
    const std::string started = start_errors(
        registry, write(fmt::format("read request\necho '{}'\nread request\n{}\n", description, then)), options);
    if (!started.empty()) return started;
    try {
      ask(registry, "thing", "go", {{"x", {1, {}}}});
    } catch (const InputError& error) {
      return render(error.diagnostics());
    }
    return "no error";
  }

  void expect(const std::string& text, const std::vector<std::string>& parts) const {
    for (const std::string& part : parts) EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }

  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / fmt::format("ohmloop_programs_{}", ::getpid());
};

constexpr ProgramOptions hasty{.timeout = std::chrono::milliseconds(300), .max_answer_bytes = 10000};

TEST_F(BadProgram, HangingIsAnErrorWithTheRequest) {
  expect(errors_of("sleep 1000", hasty),
         {"estimator program 'sh ", "did not answer within 0.3 s", "request: {\"id\":2,", "\"class\":\"thing\""});
}

TEST_F(BadProgram, WhatItStartedIsEndedWithIt) {
  const std::filesystem::path pid_file = folder_ / "pid";
  expect(errors_of(fmt::format("sleep 1000 &\necho $! > {}\nwait", pid_file.string()), hasty), {"did not answer"});
  int pid = 0;
  std::ifstream(pid_file) >> pid;
  ASSERT_GT(pid, 1);
  std::string state = "R";
  for (int i = 0; i < 2000 && !state.empty() && state != "Z"; ++i) {
    std::ifstream stat(fmt::format("/proc/{}/stat", pid));
    std::string number;
    std::string name;
    state.clear();
    stat >> number >> name >> state;
    if (!state.empty() && state != "Z") ::usleep(1000);
  }
  EXPECT_TRUE(state.empty() || state == "Z") << state;
}

TEST_F(BadProgram, CanCrashOrEndWithoutHarm) {
  expect(errors_of("kill -SEGV $$"), {"was ended by signal 11"});
  expect(errors_of("echo 'no licence' >&2\nexit 3"),
         {"ended with exit code 3", "its standard error ends with: no licence"});
  expect(errors_of("exec >&-\nsleep 1000"), {"closed its standard output"});
}

TEST_F(BadProgram, CanAnswerNonsenseWithoutHarm) {
  const auto answer = [&](const std::string& line) { return errors_of("echo '" + line + "'", hasty); };
  expect(answer(R"({"id":2,"value":NaN,"unit":"pJ","source":"me"})"),
         {"did not answer with JSON", "answer: {\"id\":2"});
  expect(answer(R"({"id":2,"value":1e999,"unit":"pJ","source":"me"})"), {"did not answer with JSON"});
  expect(answer(R"({"id":2,"value":-1,"unit":"pJ","source":"me"})"), {"gives a negative number, -1"});
  expect(answer(R"({"id":2,"value":"1","unit":"pJ","source":"me"})"), {"gives no number 'value'"});
  expect(answer(R"({"id":2,"value":1,"source":"me"})"), {"gives no text 'unit'"});
  expect(answer(R"({"id":2,"value":1,"unit":"pF","source":"me"})"), {"gives"});
  expect(answer(R"({"id":2,"value":1,"unit":"nm","source":"me"})"), {"gives its number in nm, expected an energy"});
  expect(answer(R"({"id":2,"value":1,"unit":"pJ"})"), {"gives no text 'source'"});
  expect(answer(R"({"id":2,"value":1,"unit":"pJ","source":"me","acuracy":3})"), {"unknown key 'acuracy'"});
  expect(answer(R"({"id":7,"value":1,"unit":"pJ","source":"me"})"), {"without the request's id, 2"});
  expect(answer("[1,2"), {"did not answer with JSON"});
  expect(answer(std::string(200, '[')), {"nested too deep"});
}

TEST_F(BadProgram, CanTalkTooMuchWithoutHarm) {
  expect(errors_of("while true; do printf xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done", hasty),
         {"wrote a line of more than 10000 bytes"});
  expect(errors_of("echo hello"), {"did not answer with JSON", "answer: hello"});
  expect(errors_of("while true; do echo complaint >&2; done", hasty), {"did not answer within", "complaint"});
}

TEST_F(BadProgram, CanSpeakUnaskedWithoutHarm) {
  Registry registry;
  const std::string answer = R"({"id":2,"value":1,"unit":"pJ","source":"me"})";
  ASSERT_EQ(start_errors(registry, write(fmt::format("read request\necho '{}'\nread request\necho '{}'\necho more\n"
                                                     "read request\nsleep 1000\n",
                                                     description, answer))),
            "");
  EXPECT_DOUBLE_EQ(ask(registry, "thing", "go", {}).estimate->value, 1);
  try {
    ask(registry, "thing", "go", {{"x", {1, {}}}});
    FAIL() << "no error";
  } catch (const InputError& error) {
    // Whether "more" had arrived before the second question or came as its answer, it is refused.
    const std::string text = render(error.diagnostics());
    EXPECT_NE(text.find("more"), std::string::npos) << text;
  }
}

TEST_F(BadProgram, EqualQuestionsAreAskedOnce) {
  Registry registry;
  ASSERT_EQ(
      start_errors(registry, write(fmt::format("read request\necho '{}'\nread request\n"
                                               "echo '{{\"id\":2,\"value\":4,\"unit\":\"pJ\",\"source\":\"me\"}}'\n"
                                               "exit 1\n",
                                               description))),
      "");
  for (int i = 0; i < 3; ++i) EXPECT_DOUBLE_EQ(ask(registry, "thing", "go", {{"x", {1, {}}}}).estimate->value, 4);
}

TEST_F(BadProgram, DescriptionsAreJudged) {
  const auto describes = [&](const std::string& line) {
    Registry registry;
    return start_errors(registry, write("read request\necho '" + line + "'\nread request\n"), hasty);
  };
  expect(describes(R"({"id":1,"accuracy":50,"classes":[]})"), {"gives no text 'name'"});
  expect(describes(R"({"id":1,"name":"bad","accuracy":500,"classes":[]})"), {"declares an accuracy of 500"});
  expect(describes(R"({"id":1,"name":"a/b","accuracy":5,"classes":[]})"), {"calls itself 'a/b'"});
  expect(
      describes(
          R"({"id":1,"name":"bad","accuracy":5,"classes":[{"name":"adc","attributes":[{"name":"x"}],"actions":[]}]})"),
      {"names an attribute 'x' that class adc does not have"});
  expect(
      describes(
          R"({"id":1,"name":"bad","accuracy":5,"classes":[{"name":"t","attributes":[{"name":"x","unit":"kg"}],"actions":[]}]})"),
      {"unknown unit 'kg'"});
  Registry registry;
  EXPECT_NE(start_errors(registry, "/no/such/program").find("can't be started: No such file"), std::string::npos);
  EXPECT_NE(start_errors(registry, "'open").find("a quote that does not end"), std::string::npos);
}

TEST(SplitCommand, HoldsQuotedWordsTogether) {
  EXPECT_EQ(split_command("python3 'my adc.py'  --a=\"b c\" d\\ e"),
            (std::vector<std::string>{"python3", "my adc.py", "--a=b c", "d e"}));
  EXPECT_FALSE(split_command("a 'b").has_value());
  EXPECT_FALSE(split_command("  ").has_value());
}

}  // namespace
}  // namespace ohmloop
