/// Whole programs that hold every form of the language, for tests that take them apart.
enum Samples {
  static let all = [dragan, library, everything]

  static let dragan = #"""
    ## # DRAGAN on handwritten digits
    ## Two networks play against each other.

    use gan

    seed 1
    digits = load("data/digits")            # 5000 images of 28×28×1

    D = net {
      conv 64, kernel: 4, stride: 2;    leaky_relu
      conv 128, kernel: 4, stride: 2;   batch_norm;   leaky_relu
      flatten
      dense 1
    }

    G = net {
      dense 7 * 7 * 128;                batch_norm;   relu
      reshape 7, 7, 128
      deconv 1, kernel: 4, stride: 2;   sigmoid
    }

    run = dragan(G, D, digits, batch: 64, noise: 128)

    train run, steps: 500, every: 50 {
      print "step {run.step}  d {run.d_loss:.3}  slope {gradient_norm(D, run.real):.2}"
    }

    save_image grid(sample(run, 64)), "dragan.png"
    plot run.history.gradient_norm
    """#

  static let library = #"""
    ## ‖∇ₓ D(x)‖ for each sample of `x`, over all of its pixels; shape [n].
    fn gradient_norms(D, x) = sample_norm(grad(sum(D(x)), x))

    ## λ · mean (‖∇ₓ D(x̂)‖ − k)², at points x̂ near the real ones (arXiv:1705.07215, equation 1).
    fn dragan_penalty(D, real, lambda = 10, k = 1, scale = 0.5) {
      noise = scale * std(real) * normal(shape(real))
      lambda * mean((gradient_norms(D, real + noise) - k) ^ 2)
    }

    fn dragan_step(run, real) {
      fake = run.G(run.noise(len(real)))
      run.d_loss = vanilla_d(run.D(real), run.D(fake)) + run.penalty(run.D, real)
      update run.D, run.d_loss, with: run.d_optimizer
      run.g_loss = vanilla_g(run.D(fake))
      update run.G, run.g_loss, with: run.g_optimizer
    }
    """#

  static let everything = #"""
    #!/usr/bin/env gan
    a, b = [1, 2.5e-3]
    x = {name: "value", list: [1, 2, 3,], f: (x, y) -> x ^ -y,}
    x.name += "!"; x.list[0] = 0x1F
    y = x.list[1..] |> map(v -> v * 2)
      |> sum
    if a < b <= 3 and not (a == b or false) { print none } else if x[.., ..-1] { f -1 } else { f - 1 }
    for i, v in pairs(xs) { if i > 3 { break }; continue }
    while true { try { error "no {y:>8.3} {"in {1}"}" } catch e { print e.message } }
    g = fn(n, m = 2) { return if n % m { n } else { -n } }
    text = """
      Dear {x.name:+.1e},
        \{braces\} \u{1F600} "quotes"
      """
    training { D = net input: [28, 28, 1] { dense 10; relu } }
    fn λ(x₁) = x₁ @ w.T / 2 - 3
    use "my/losses.gan"
    h = () -> { z = 1; z }
    f [1], {k: (1 + 2) * 3}, -x, key: not y
    """#
}
