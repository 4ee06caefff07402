# ohmloop_module(NAME USES <modules> LIBRARIES <targets> GENERATED <files>)
#
# One folder of src/ohmloop is one static library `ohmloop_NAME`. `thing.test.cpp` files make the program test_NAME,
# `thing.perf.cpp` files the program bench_NAME.
include(GoogleTest)

function(ohmloop_module name)
  cmake_parse_arguments(ARG "" "" "USES;LIBRARIES;GENERATED" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "*.cpp")
  set(tests ${sources})
  set(benchmarks ${sources})
  list(FILTER tests INCLUDE REGEX "\\.test\\.cpp$")
  list(FILTER benchmarks INCLUDE REGEX "\\.perf\\.cpp$")
  list(FILTER sources EXCLUDE REGEX "\\.(test|perf)\\.cpp$|/main\\.cpp$")

  list(APPEND sources ${ARG_GENERATED})
  add_library(ohmloop_${name} STATIC ${sources})
  target_include_directories(ohmloop_${name} PUBLIC "${CMAKE_SOURCE_DIR}/src")
  list(TRANSFORM ARG_USES PREPEND ohmloop_ OUTPUT_VARIABLE used_modules)
  target_link_libraries(ohmloop_${name} PUBLIC ${used_modules} fmt::fmt PRIVATE ${ARG_LIBRARIES} ohmloop_warnings)

  if(BUILD_TESTING AND tests)
    add_executable(test_${name} ${tests})
    target_link_libraries(test_${name} PRIVATE
      ohmloop_${name} ohmloop_warnings ${ARG_LIBRARIES} GTest::gtest_main rapidcheck)
    target_compile_definitions(test_${name} PRIVATE OHMLOOP_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    gtest_discover_tests(test_${name} TEST_PREFIX "${name}." DISCOVERY_MODE PRE_TEST PROPERTIES TIMEOUT 300)
  endif()

  if(benchmarks)
    add_executable(bench_${name} EXCLUDE_FROM_ALL ${benchmarks})
    target_link_libraries(bench_${name} PRIVATE ohmloop_${name} ohmloop_warnings benchmark::benchmark_main)
    target_compile_definitions(bench_${name} PRIVATE OHMLOOP_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    set_property(GLOBAL APPEND PROPERTY OHMLOOP_BENCHMARKS bench_${name})
  endif()
endfunction()
