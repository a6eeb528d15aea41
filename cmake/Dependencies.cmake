# Every library of docs/adr/0002-libraries.md, as imported targets with SYSTEM headers.
find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS url json)
find_package(OpenSSL 3.0 REQUIRED)
find_package(SQLite3 3.40 REQUIRED)
find_package(PostgreSQL 15 REQUIRED)
find_package(fmt REQUIRED)
find_package(GTest REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc i18n)
find_package(PkgConfig REQUIRED)
pkg_check_modules(ARGON2 REQUIRED IMPORTED_TARGET libargon2)
pkg_check_modules(ZXING REQUIRED IMPORTED_TARGET zxing)
pkg_check_modules(PNG REQUIRED IMPORTED_TARGET libpng)
pkg_check_modules(PANGOCAIRO REQUIRED IMPORTED_TARGET pangocairo)
find_package(spdlog REQUIRED)
find_package(CLI11 REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(prometheus-cpp REQUIRED)

find_path(TL_EXPECTED_INCLUDE tl/expected.hpp REQUIRED)
find_library(CBOR_LIBRARY cbor REQUIRED)
find_library(QRCODEGEN_LIBRARY NAMES qrcodegencpp REQUIRED)

# Only the run-time package of libphonenumber is installed; see tools/setup.sh for its headers.
find_library(PHONENUMBER_LIBRARY NAMES libphonenumber.so.8 REQUIRED)
find_path(PHONENUMBER_INCLUDE phonenumbers/phonenumberutil.h REQUIRED
  PATHS "${CMAKE_SOURCE_DIR}/build/deps/phonenumber/usr/include" NO_DEFAULT_PATH)

# The C interface of PKCS#11 tokens: a header alone, the token's own library is loaded at run time.
find_path(PKCS11_INCLUDE p11-kit/pkcs11.h REQUIRED PATH_SUFFIXES p11-kit-1)
add_library(beresta_pkcs11 INTERFACE)
target_include_directories(beresta_pkcs11 SYSTEM INTERFACE "${PKCS11_INCLUDE}")
