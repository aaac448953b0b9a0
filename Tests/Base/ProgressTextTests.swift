import Testing

import Base

@Suite struct ProgressTextTests {
  @Test func lineTellsShareRateAndTimeLeft() {
    #expect(
      ProgressText.line(title: "step", done: 120, total: 500, rate: 5.3, note: "d 1.32")
        == "step 120/500  24%  5.3/s  1:12 left  d 1.32")
  }

  @Test func unknownsAreLeftOut() {
    #expect(ProgressText.line(title: "image", done: 7, total: nil, rate: 0) == "image 7")
    #expect(ProgressText.line(title: "step", done: 0, total: 0, rate: 0) == "step 0/0")
    #expect(ProgressText.line(title: "step", done: 9, total: 9, rate: 3) == "step 9/9  100%  3.0/s")
  }

  @Test func slowStepsAreCountedInSeconds() {
    #expect(ProgressText.line(title: "step", done: 1, total: 3, rate: 0.25) == "step 1/3  33%  4.0 s each  0:08 left")
  }

  @Test func whatStaysTellsTimeAndRate() {
    #expect(
      ProgressText.closing(title: "step", at: 500, done: 120, seconds: 24, note: "d 1.31")
        == "step 500: 120 in 0:24, 5.0/s  d 1.31")
    #expect(ProgressText.closing(title: "step", at: 3, done: 3, seconds: 12) == "step 3: 3 in 0:12, 4.0 s each")
    #expect(ProgressText.closing(title: "step", at: 500, done: 500, seconds: 0.9) == nil)
    #expect(ProgressText.closing(title: "step", at: 500, done: 0, seconds: 9) == nil)
  }
}
