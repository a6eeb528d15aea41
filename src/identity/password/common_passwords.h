// The commonest passwords of at least 8 characters in leaked lists, Latin and Russian keyboards
// alike, in lower case: the offline blocklist that NIST SP 800-63B asks for, in its first, short
// form.
#pragma once

#include <array>
#include <string_view>

namespace identity {

inline constexpr auto kCommonPasswords = std::to_array<std::string_view>({
    "password",     "password1",  "password12", "password123", "passw0rd",     "p@ssw0rd",
    "qwertyui",     "qwertyuiop", "qwerty12",   "qwerty123",   "qwerty1234",   "qwerty12345",
    "qwerty123456", "1q2w3e4r",   "1q2w3e4r5t", "1qaz2wsx",    "1qaz2wsx3edc", "qazwsxedc",
    "qazwsx123",    "zxcvbnm1",   "zxcvbnm123", "asdfghjk",    "asdfghjkl",    "asdf1234",
    "12341234",     "12344321",   "11223344",   "1122334455",  "12121212",     "12131415",
    "123123123",    "123321123",  "147258369",  "159357456",   "987654321",    "9876543210",
    "0987654321",   "01012000",   "01011990",   "123456789a",  "123456789q",   "1234567890",
    "123456qwerty", "12345qwert", "12345678a",  "12345678q",   "a1234567",     "a12345678",
    "a123456789",   "abcd1234",   "abc12345",   "abc123456",   "iloveyou",     "iloveyou1",
    "sunshine",     "princess",   "football",   "baseball",    "superman",     "trustno1",
    "starwars",     "whatever",   "michelle",   "jennifer",    "computer",     "internet",
    "samsung1",     "letmein1",   "welcome1",   "welcome123",  "admin123",     "administrator",
    "changeme",     "changeme1",  "default1",   "marina123",   "natasha1",     "nikita123",
    "vladimir",     "aleksandr",  "alexander",  "anastasia",   "ekaterina",    "svetlana",
    "valentina",    "ludmila1",   "tatyana1",   "parol123",    "parol1234",    "privet123",
    "rossiya1",     "russia123",  "moscow777",  "spartak1",    "zenit1925",    "lokomotiv",
    "gfhjkm123",    "ghbdtn123",  "yfnfif123",  "rfnthbyf",    "fyfcnfcbz",    "vfhbyf123",
    "пароль123",    "йцукенгш",   "йцукенгшщз", "привет123",   "наташа123",    "любовь123",
    "россия123",    "солнышко",   "любимая",    "кристина",    "анастасия",    "екатерина",
});

}  // namespace identity
