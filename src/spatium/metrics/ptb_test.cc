#include "spatium/metrics/ptb.h"

#include <gtest/gtest.h>

namespace spatium {
namespace {

// What the reference tokenizer gives, without the punctuation that its wrapper removes.
struct Case {
  const char *caption, *tokens;
};
void ExpectTokens(std::initializer_list<Case> cases) {
  for (const Case& c : cases) EXPECT_EQ(PtbTokenize(c.caption), c.tokens) << c.caption;
}

TEST(Ptb, SplitsContractionsAndClitics) {
  ExpectTokens(
      {{"It isn't John's, is it?", "it is n't john 's is it"},
       {"gonna cannot wanna-be gonna's", "gon na can not wanna-be gonna 's"},
       {"'tis 'twasn't 'em 'cause rock 'n' roll", "'t is 't was n't 'em 'cause rock 'n' roll"},
       {"it’s WERNICKE'S they’ve5", "it 's wernicke 's they 've 5"},
       {"isn'ts x-isn't y'all d'you j'ai", "is n'ts x-isn t y' all d'you j' ai"},
       {"o'clock ma'am Hawai'i x-O'Brien O’Brien n'est-ce",
        "o'clock ma'am hawai'i x-o'brien o’brien n'est ce"},
       {"cap'n s'mores c'mon ol' man", "cap'n s'mores c'mon ol' man"},
       {"'90s the '50 cars '21st' 5'10\" 5'10 tall", "'90s the '50 cars 21st 5 10 5 '10 tall"}});
}

TEST(Ptb, KeepsThePeriodsOfAbbreviations) {
  ExpectTokens(
      {{"Mr. Smith etc. is a. The end.", "mr. smith etc. is a the end"},
       {"fig. is Fig. 5 No. The no. 5", "fig is fig. 5 no the no. 5"},
       {"the U.S. He non-U.S. U.S.-based a-i.e a.b-c.d",
        "the u.s. he non-u.s. u.s.-based a-i e a.b-c d"},
       {"chairs., chairs.; 5., café., isn't., 1.5.,", "chairs. chairs. 5. café. is n't 1.5"},
       {"E. T. A. Hoffmann", "e. t. a. hoffmann"}});
}

TEST(Ptb, AnInitialEndsASentenceBeforeAStarterBetweenBlanksOrATag) {
  ExpectTokens({{"X. The y. X. The, X. He/she", "x the y. x. the x. he/she"},
                {"X. Mr. Y. X. Dr. Y. X. Mr Y", "x mr. y. x. dr. y. x. mr y"},
                {"A. <b> x A. <b>x A. <5", "a <b> x a. <b> x a. < 5"}});
}

TEST(Ptb, AbbreviationsThatMayEndASentenceLookTwoCharactersAhead) {
  ExpectTokens({{"Jr.B x Jr.Bo x Mr.B x", "jr. b x jr.bo x mr.b x"},
                {"sq.-2 x sq.-ft x Wash.-9 wash.-9", "sq. -2 x sq.-ft x wash. -9 wash.-9"},
                {"Ph.D.-6 Ph.D.-xy", "ph.d. -6 ph.d.-xy"}});
}

TEST(Ptb, JoinsWordsByHyphensSlashesAndPoints) {
  ExpectTokens({{"left-hand and/or 5-foot a/b/c/d post-9/11 a_b/c",
                 "left-hand and/or 5-foot a/b/c / d post-9 / 11 a_b / c"},
                {"3.5-inch 1.5mm-wide red,blue-green 3.5m 1,000x",
                 "3.5-inch 1.5mm-wide red,blue-green 3.5 m 1,000 x"},
                {"12.tar.gz 1.x 2.y a-b.txt", "12.tar.gz 1.x 2 y a-b txt"},
                {"AT&T A+B A&b US$5 c$5 C++ F#x", "at&t a+b a & b us$ 5 c $ 5 c++ f# x"},
                {"1/2 1 1/2 3-1/2-inch 1\\/2 a\\*", "1/2 1 1/2 3-1/2 inch 1\\/2 a \\*"}});
}

TEST(Ptb, NumbersAndTelephones) {
  ExpectTokens({{"a.\uff11 -\uff11:\uff12 #\uff11", "a. \uff11 -\uff11:\uff12 # \uff11"},
                {"12:30 1,000 50% -3 +.5 1...2", "12:30 1,000 50 % -3 +.5 1 2"},
                {"(555) 123-4567 (55) 5", "-lrb-555-rrb- 123-4567 -lrb- 55 -rrb- 5"},
                {"+44 20 7946 0958 123 4567 12 345 678", "+44 20 7946 0958 123 4567 12 345 678"}});
}

TEST(Ptb, AddressesMarkupAndEntities) {
  ExpectTokens({{"(http://a.com/b?c=d), HTTPS://A.ORG/x. http://a",
                 "-lrb- http://a.com/b?c=d -rrb- https://a.org/x http / / a"},
                {"foo.com/ab foo.com/a www.a.com/bc mailto:a@b.com, x",
                 "foo.com/ab foo.com / a www.a.com/bc mailto:a@b.com, x"},
                {"@a_1 @1 #tag #a1", "@a_1 @ 1 #tag #a 1"},
                {"<b>x</b> <a href=\"c d\"> <1> <a,b> <!-- c -->",
                 "<b> x </b> <a href=\"c d\"> < 1 > < a b > <!-- c -->"},
                {"&amp; &lt; &eacute; &#39; &ndash; &copy;", "& < &eacute; &#39; & copy"}});
}

TEST(Ptb, FacesAndBrackets) {
  ExpectTokens(
      {{":) ;-( >:-) :DD x:( :)) :)1", ":-rrb- ;--lrb- >:--rrb- dd x :-lrb- :-rrb- -rrb- -rrb- 1"},
       {"(^_^) (x.x) (--) ^_^ (ab)", "-lrb-^_^-rrb- -lrb-x.x-rrb- -lrb----rrb- ^_^ -lrb- ab -rrb-"},
       {"(a) [b] {c} -LRB- a-LRB-b << >>> ----- -- ...",
        "-lrb- a -rrb- -lsb- b -rsb- -lcb- c -rcb- -lrb- a-lrb-b << >> > -----"}});
}

TEST(Ptb, TwoQuotationMarksAreOneTokenThatTheWrapperMayNotKnow) {
  ExpectTokens({{"“x” ‘x’ ‘‘x’’ \"“x”\"", "x x x x"},
                {"“x”” “x,’” ““x «x»»", "x '''' x ''' ```` x x ''''"},
                {"cann't don't", "cann t do n't"}});
}

TEST(Ptb, DropsWhatItDoesNotKnow) {
  ExpectTokens({{"-- ... ' \" ; : . . .", ""},
                {"😀 ‍ a­b", "ab"},
                {"⚙️ ½ € ¢ £5", "⚙ 1/2 $ cents # 5"}});
}

TEST(Ptb, TokensOfPlainWordsAreStable) {
  const std::string once = PtbTokenize("the brown chair is near the wooden table");
  EXPECT_EQ(PtbTokenize(once), once);
}

TEST(Ptb, BytesThatAreNotUtf8AreDropped) { EXPECT_EQ(PtbTokenize("a \xff b"), "a b"); }

TEST(Ptb, HostileTextCostsItsLength) {
  // Each is quadratic for a lexer that looks ahead anew at each token.
  for (const char* piece :
       {"a,", "a.1.", "<", "<!-", "a'", "a@", "com/", "n't", "(555) ", "1 ", "a. <", "a.-"}) {
    std::string text;
    while (text.size() < 100'000) text += piece;
    EXPECT_LE(PtbTokenize(text).size(), 8 * text.size()) << piece;
  }
}

}  // namespace
}  // namespace spatium
