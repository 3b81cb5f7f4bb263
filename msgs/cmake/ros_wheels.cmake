# Lets stock rosidl packages build against the ROS 2 wheels. Read through CMAKE_PROJECT_INCLUDE,
# never named by CMakeLists.txt, so a sourced ROS 2 builds without it.
find_package(Python3 REQUIRED COMPONENTS Interpreter)

# A package of the wheels tells where they are, in a venv as in pip's isolated build.
if(NOT ROS_WHEELS_PREFIX)
  execute_process(
    COMMAND "${Python3_EXECUTABLE}" -c
      "import ament_package, pathlib; print(pathlib.Path(ament_package.__file__).resolve().parents[4])"
    OUTPUT_VARIABLE ROS_WHEELS_PREFIX OUTPUT_STRIP_TRAILING_WHITESPACE
    COMMAND_ERROR_IS_FATAL ANY)
endif()
message(STATUS "ROS 2 wheels: ${ROS_WHEELS_PREFIX}")

list(PREPEND CMAKE_PREFIX_PATH "${ROS_WHEELS_PREFIX}")
set(ament_prefixes "$ENV{AMENT_PREFIX_PATH}" "${ROS_WHEELS_PREFIX}")
list(REMOVE_ITEM ament_prefixes "")
list(JOIN ament_prefixes ":" ament_prefixes)
set(ENV{AMENT_PREFIX_PATH} "${ament_prefixes}")

# lib/*.so and lib/pythonX.Y/site-packages/<package>/*.so must both find lib/.
set(CMAKE_INSTALL_RPATH "$ORIGIN;$ORIGIN/../../..")

if(SKBUILD)
  set(BUILD_TESTING OFF)
  # The install prefix is the wheel's data folder; Python files belong beside it.
  set(PYTHON_INSTALL_DIR "../platlib")
endif()

# The wheels export include folders of the machine that built them; CMake refuses missing ones.
function(drop_missing_includes)
  get_property(targets DIRECTORY PROPERTY IMPORTED_TARGETS)
  foreach(target IN LISTS targets)
    get_target_property(includes ${target} INTERFACE_INCLUDE_DIRECTORIES)
    if(NOT includes)
      continue()
    endif()
    set(kept)
    foreach(include IN LISTS includes)
      if(include MATCHES "\\$<" OR EXISTS "${include}")
        list(APPEND kept "${include}")
      endif()
    endforeach()
    set_target_properties(${target} PROPERTIES INTERFACE_INCLUDE_DIRECTORIES "${kept}")
  endforeach()
endfunction()
cmake_language(DEFER CALL drop_missing_includes)

# Nodes beside these wheels are Python, which uses C: what is generated for C++ would take more than half of the time.
find_package(rosidl_default_generators REQUIRED)
list(FILTER AMENT_EXTENSIONS_rosidl_generate_idl_interfaces EXCLUDE REGEX "^rosidl_[a-z_]+_cpp:")

# Generated sources of the type supports are small and include much: joined, they compile faster.
# (The C descriptions define the same static names: they stay apart.)
function(join_type_supports)
  get_property(targets DIRECTORY PROPERTY BUILDSYSTEM_TARGETS)
  foreach(target IN LISTS targets)
    get_target_property(type ${target} TYPE)
    if(type STREQUAL "SHARED_LIBRARY" AND target MATCHES "__rosidl_(generator_py|typesupport_(c|fastrtps_c|introspection_c))$")
      set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 0)
    endif()
  endforeach()
endfunction()
cmake_language(DEFER CALL join_type_supports)
