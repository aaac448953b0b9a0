"""Writes the data and the values that the measures of quality are held to.

    python3 Tests/Fixtures/measures.py        (needs numpy, scipy, scikit-learn and POT)

`measures.npz` holds the samples; `measures.json` for each expression of the language the value that it must give, worked out in
float64 by the libraries that are usual for it. The digits are those of `examples/data/digits`.
"""

import gzip
import json
import os

import numpy as np
import ot
from scipy.linalg import sqrtm, svdvals
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist, pdist
from scipy.special import rel_entr, softmax
from sklearn.decomposition import PCA
from sklearn.metrics.pairwise import polynomial_kernel, rbf_kernel
from sklearn.model_selection import LeaveOneOut, cross_val_predict
from sklearn.neighbors import KNeighborsClassifier, NearestNeighbors

HERE = os.path.dirname(os.path.abspath(__file__))
DIGITS = os.path.join(HERE, "../../examples/data/digits/digits-images-idx3-ubyte.gz")


def frechet_distance(x, y):
    s1, s2 = np.cov(x, rowvar=False), np.cov(y, rowvar=False)
    # tr (S₁^½ S₂ S₁^½)^½ are the singular values of R₁ R₂ᵀ, S = Rᵀ R: exact also where S is singular, as of pixels that never change.
    r1, r2 = (np.linalg.qr(a - a.mean(0), "r") / np.sqrt(len(a) - 1) for a in (x, y))
    root = svdvals(r1 @ r2.T).sum()
    if np.linalg.eigvalsh(s1)[0] > 1e-6 and np.linalg.eigvalsh(s2)[0] > 1e-6:
        assert abs(np.trace(sqrtm(s1 @ s2).real) - root) < 1e-9 * root
    return np.sum((x.mean(0) - y.mean(0)) ** 2) + np.trace(s1) + np.trace(s2) - 2 * root


def unbiased_mmd(kxx, kyy, kxy):
    n, m = len(kxx), len(kyy)
    return (
        (kxx.sum() - np.trace(kxx)) / (n * (n - 1)) + (kyy.sum() - np.trace(kyy)) / (m * (m - 1)) - 2 * kxy.sum() / (n * m)
    )


def median_distance(x, y):
    return np.median(pdist(np.concatenate([x, y])))


def kernel_mmd(x, y):
    gamma = 1 / (2 * median_distance(x, y) ** 2)
    return unbiased_mmd(rbf_kernel(x, x, gamma), rbf_kernel(y, y, gamma), rbf_kernel(x, y, gamma))


def polynomial_mmd(x, y):
    def kernel(a, b):
        return polynomial_kernel(a, b, degree=3, gamma=1 / x.shape[1], coef0=1)

    return unbiased_mmd(kernel(x, x), kernel(y, y), kernel(x, y))


def kid(x, y, parts=10):
    cut = [(i * len(x) // parts, (i + 1) * len(x) // parts) for i in range(parts)]
    values = [polynomial_mmd(x[a:b], y[a:b]) for a, b in cut]
    return np.mean(values), np.std(values)


def wasserstein_distance(x, y):
    cost = cdist(x, y)
    rows, columns = linear_sum_assignment(cost)
    value = ot.emd2([], [], cost)
    assert abs(cost[rows, columns].mean() - value) < 1e-9 * value
    return value


def nearest_neighbor_test(x, y):
    samples, kinds = np.concatenate([x, y]), np.repeat([1, 0], [len(x), len(y)])
    found = cross_val_predict(KNeighborsClassifier(1, algorithm="brute"), samples, kinds, cv=LeaveOneOut())
    right = found == kinds
    return right.mean(), right[kinds == 1].mean(), right[kinds == 0].mean()


def radii(x, k):
    found = NearestNeighbors(n_neighbors=k + 1, algorithm="brute").fit(x).kneighbors(x)[0][:, k]
    # From the differences themselves: where there are duplicates, distances have to be equal to the last bit.
    exact = np.sort(cdist(x, x), 1)[:, k]
    assert np.allclose(found, exact, atol=1e-3 * exact.max())
    return exact


def precision(x, y, k=3):
    return (cdist(x, y) <= radii(y, k)).any(1).mean()


def density(x, y, k=5):
    return (cdist(x, y) <= radii(y, k)).sum(1).mean() / k


def coverage(x, y, k=5):
    return (cdist(x, y).min(0) <= radii(y, k)).mean()


def divergence(logits):
    p = softmax(logits, axis=1)
    return rel_entr(p, p.mean(0)).sum(1).mean()


def inception_score(logits, parts=10):
    n = len(logits)
    values = [np.exp(divergence(logits[i * n // parts : (i + 1) * n // parts])) for i in range(parts)]
    return np.mean(values), np.std(values)


def mode_score(fake, real):
    p, q = softmax(fake, axis=1).mean(0), softmax(real, axis=1).mean(0)
    return np.exp(divergence(fake) - rel_entr(p, q).sum())


def modes_covered(samples, centers, sigma):
    distances = cdist(samples, centers)
    near = distances.min(1) <= 3 * sigma
    return len(np.unique(distances.argmin(1)[near])), near.mean()


def distribution_measures(x, y, has_ties=False):
    """All measures of rows against rows, as the language writes them. Of samples that are equally near scikit-learn takes any."""
    kid_mean, kid_spread = kid(x, y)
    tests = {}
    if not has_ties:
        all_, fake, real = nearest_neighbor_test(x, y)
        tests = {f"nearest_neighbor_test(x, y).{kind}": v for kind, v in [("all", all_), ("fake", fake), ("real", real)]}
    return tests | {
        "frechet_distance(x, y)": frechet_distance(x, y),
        "median_distance(x, y)": median_distance(x, y),
        "kernel_mmd(x, y)": kernel_mmd(x, y),
        "polynomial_mmd(x, y)": polynomial_mmd(x, y),
        "kid(x, y).mean": kid_mean,
        "kid(x, y).spread": kid_spread,
        "wasserstein_distance(x, y)": wasserstein_distance(x, y),
        "precision(x, y)": precision(x, y),
        "recall(x, y)": precision(y, x),
        "density(x, y)": density(x, y),
        "coverage(x, y)": coverage(x, y),
        "sliced_wasserstein(x, y, eye(x.shape[1]))": np.abs(np.sort(x, 0) - np.sort(y, 0)).mean(),
    }


def measures_of_few(x, y):
    """What can be taken of two samples of each."""
    return {
        "median_distance(x, y)": median_distance(x, y),
        "kernel_mmd(x, y)": kernel_mmd(x, y),
        "polynomial_mmd(x, y)": polynomial_mmd(x, y),
        "kid(x, y, parts: 1).mean": polynomial_mmd(x, y),
        "wasserstein_distance(x, y)": wasserstein_distance(x, y),
        "precision(x, y, k: 1)": precision(x, y, 1),
        "density(x, y, k: 1)": density(x, y, 1),
        "coverage(x, y, k: 1)": coverage(x, y, 1),
    }


random = np.random.default_rng(20260101)
mixing = random.normal(size=(12, 12))
x = random.normal(size=(400, 12)) @ mixing
y = random.normal(size=(400, 12)) @ (mixing + 0.3 * random.normal(size=(12, 12))) + 0.4
lines = random.normal(size=(12, 50))
lines /= np.linalg.norm(lines, axis=0)
angles = np.arange(8) * np.pi / 4
ring = 2 * np.stack([np.cos(angles), np.sin(angles)], 1)
points = ring[random.integers(0, 6, 600)] + random.normal(size=(600, 2)) * 0.03
true_points = ring[random.integers(0, 8, 600)] + random.normal(size=(600, 2)) * 0.02
logits = 4 * random.normal(size=(500, 10)) + np.linspace(0, 3, 10)
real_logits = 4 * random.normal(size=(500, 10))
pictures = random.uniform(size=(3, 8, 8, 1))
blurred = np.clip(pictures + 0.1 * random.normal(size=pictures.shape), 0, 1)
cost = random.uniform(size=(30, 40))
data = dict(
    x=x, y=y, lines=lines, points=points, true_points=true_points, logits=logits, real_logits=real_logits, pictures=pictures,
    blurred=blurred, cost=cost,
)  # fmt: skip
# Far from zero, small and large, of few different values, and of two samples alone.
edges = np.random.default_rng(20260202)
data |= dict(far_x=1e4 + edges.normal(size=(80, 8)), far_y=1e4 + 0.3 + edges.normal(size=(80, 8)))
data |= dict(near_x=edges.normal(size=(90, 6)), near_y=1.1 * edges.normal(size=(90, 6)))
data |= dict(small_x=1e-3 * data["near_x"], small_y=1e-3 * data["near_y"])
data |= dict(large_x=1e3 * data["near_x"], large_y=1e3 * data["near_y"])
data |= dict(same_x=edges.integers(0, 3, (70, 5)), same_y=edges.integers(0, 4, (70, 5)))
data["same_x"][:, 2] = data["same_y"][:, 2] = 7
data |= dict(two_x=np.array([[0.0], [1]]), two_y=np.array([[10.0], [30]]))
data = {name: values.astype(np.float32) for name, values in data.items()}
np.savez_compressed(os.path.join(HERE, "measures.npz"), **data)
data = {name: values.astype(np.float64) for name, values in data.items()}

with gzip.open(DIGITS) as file:
    images = np.frombuffer(file.read(), np.uint8, offset=16).reshape(5000, 784)
images = images.astype(np.float32) / np.float32(255)
doubled = np.maximum(images[:1000], images[3000:4000]).astype(np.float64)
images = images.astype(np.float64)

x, y = data["x"], data["y"]
inception_mean, inception_spread = inception_score(data["logits"])
pca = PCA(5, svd_solver="full").fit(y)
rows, columns = linear_sum_assignment(data["cost"])
covered, quality = modes_covered(data["points"], ring, 0.02)
groups = {
    "vectors": distribution_measures(x, y)
    | {
        "sliced_wasserstein(x, y, data.lines)": ot.sliced_wasserstein_distance(x, y, projections=data["lines"], p=1),
        "frechet_distance(pca_features(y, 5).of(x), pca_features(y, 5).of(y))": frechet_distance(
            pca.transform(x), pca.transform(y)
        ),
        "number(eigh(covariance(x))[0][3])": np.sort(np.linalg.eigvalsh(np.cov(x, rowvar=False)))[::-1][3],
        "number(svd(x)[1][11])": svdvals(x)[11],
        "number(singular_values(x)[0])": svdvals(x)[0],
        "number(covariance(x)[2, 5])": np.cov(x, rowvar=False)[2, 5],
        "number(quantile(x, 0.37))": np.quantile(x, 0.37),
        "number(median(x[.., 3]))": np.median(x[:, 3]),
        "number(sum(data.cost * one_hot(assignment(data.cost), 40)))": data["cost"][rows, columns].sum(),
    },
    "points": distribution_measures(data["points"], data["true_points"])
    | {
        "modes_covered(x, ring_centers(), 0.02).covered": covered,
        "modes_covered(x, ring_centers(), 0.02).high_quality": quality,
    },
    "digits": distribution_measures(doubled, images[1000:2000])
    | {
        "psnr(x, y)": 10 * np.log10(1 / np.mean((doubled - images[1000:2000]) ** 2)),
    },
    "digits_floor": distribution_measures(images[2000:3000], images[1000:2000]),
    "far": distribution_measures(data["far_x"], data["far_y"]),
    "near": distribution_measures(data["near_x"], data["near_y"]),
    "small": distribution_measures(data["small_x"], data["small_y"]),
    "large": distribution_measures(data["large_x"], data["large_y"]),
    "same": distribution_measures(data["same_x"], data["same_y"], has_ties=True),
    "two": measures_of_few(data["two_x"], data["two_y"]),
    "logits": {
        "inception_score(data.logits).mean": inception_mean,
        "inception_score(data.logits).spread": inception_spread,
        "mode_score(data.logits, data.real_logits)": mode_score(data["logits"], data["real_logits"]),
        "psnr(data.pictures, data.blurred)": 10 * np.log10(1 / np.mean((data["pictures"] - data["blurred"]) ** 2)),
        "psnr(data.pictures * 255, data.blurred * 255, peak: 255)": 10
        * np.log10(1 / np.mean((data["pictures"] - data["blurred"]) ** 2)),
    },
}
with open(os.path.join(HERE, "measures.json"), "w") as file:
    json.dump({group: {e: float(f"{v:.12g}") for e, v in values.items()} for group, values in groups.items()}, file, indent=1)
    file.write("\n")
