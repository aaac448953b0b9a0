#include "standard_library.h"

static const unsigned char acgan[] = {
#embed "acgan.gan"
};
static const unsigned char adversarial[] = {
#embed "adversarial.gan"
};
static const unsigned char began[] = {
#embed "began.gan"
};
static const unsigned char cgan[] = {
#embed "cgan.gan"
};
static const unsigned char checking[] = {
#embed "checking.gan"
};
static const unsigned char classes[] = {
#embed "classes.gan"
};
static const unsigned char classifier[] = {
#embed "classifier.gan"
};
static const unsigned char cvae[] = {
#embed "cvae.gan"
};
static const unsigned char diagnosis[] = {
#embed "diagnosis.gan"
};
static const unsigned char discriminator_findings[] = {
#embed "discriminator_findings.gan"
};
static const unsigned char dragan[] = {
#embed "dragan.gan"
};
static const unsigned char durations[] = {
#embed "durations.gan"
};
static const unsigned char ebgan[] = {
#embed "ebgan.gan"
};
static const unsigned char evaluation[] = {
#embed "evaluation.gan"
};
static const unsigned char events[] = {
#embed "events.gan"
};
static const unsigned char features[] = {
#embed "features.gan"
};
static const unsigned char findings[] = {
#embed "findings.gan"
};
static const unsigned char fitting[] = {
#embed "fitting.gan"
};
static const unsigned char gan[] = {
#embed "gan.gan"
};
static const unsigned char inception[] = {
#embed "inception.gan"
};
static const unsigned char infogan[] = {
#embed "infogan.gan"
};
static const unsigned char keeping[] = {
#embed "keeping.gan"
};
static const unsigned char landscapes[] = {
#embed "landscapes.gan"
};
static const unsigned char latent[] = {
#embed "latent.gan"
};
static const unsigned char loss_sensitive_gan[] = {
#embed "loss_sensitive_gan.gan"
};
static const unsigned char lsgan[] = {
#embed "lsgan.gan"
};
static const unsigned char measures[] = {
#embed "measures.gan"
};
static const unsigned char modes[] = {
#embed "modes.gan"
};
static const unsigned char neighbours[] = {
#embed "neighbours.gan"
};
static const unsigned char numbers[] = {
#embed "numbers.gan"
};
static const unsigned char objectives[] = {
#embed "objectives.gan"
};
static const unsigned char penalties[] = {
#embed "penalties.gan"
};
static const unsigned char pictures[] = {
#embed "pictures.gan"
};
static const unsigned char point_sets[] = {
#embed "point_sets.gan"
};
static const unsigned char reach[] = {
#embed "reach.gan"
};
static const unsigned char runs[] = {
#embed "runs.gan"
};
static const unsigned char scores[] = {
#embed "scores.gan"
};
static const unsigned char signals[] = {
#embed "signals.gan"
};
static const unsigned char stopping[] = {
#embed "stopping.gan"
};
static const unsigned char training[] = {
#embed "training.gan"
};
static const unsigned char transport[] = {
#embed "transport.gan"
};
static const unsigned char vae[] = {
#embed "vae.gan"
};
static const unsigned char variety[] = {
#embed "variety.gan"
};
static const unsigned char wgan[] = {
#embed "wgan.gan"
};
static const unsigned char wgan_gp[] = {
#embed "wgan_gp.gan"
};

static const standard_module standard_modules[] = {
    {"acgan", acgan, sizeof acgan},
    {"adversarial", adversarial, sizeof adversarial},
    {"began", began, sizeof began},
    {"cgan", cgan, sizeof cgan},
    {"checking", checking, sizeof checking},
    {"classes", classes, sizeof classes},
    {"classifier", classifier, sizeof classifier},
    {"cvae", cvae, sizeof cvae},
    {"diagnosis", diagnosis, sizeof diagnosis},
    {"discriminator_findings", discriminator_findings, sizeof discriminator_findings},
    {"dragan", dragan, sizeof dragan},
    {"durations", durations, sizeof durations},
    {"ebgan", ebgan, sizeof ebgan},
    {"evaluation", evaluation, sizeof evaluation},
    {"events", events, sizeof events},
    {"features", features, sizeof features},
    {"findings", findings, sizeof findings},
    {"fitting", fitting, sizeof fitting},
    {"gan", gan, sizeof gan},
    {"inception", inception, sizeof inception},
    {"infogan", infogan, sizeof infogan},
    {"keeping", keeping, sizeof keeping},
    {"landscapes", landscapes, sizeof landscapes},
    {"latent", latent, sizeof latent},
    {"loss_sensitive_gan", loss_sensitive_gan, sizeof loss_sensitive_gan},
    {"lsgan", lsgan, sizeof lsgan},
    {"measures", measures, sizeof measures},
    {"modes", modes, sizeof modes},
    {"neighbours", neighbours, sizeof neighbours},
    {"numbers", numbers, sizeof numbers},
    {"objectives", objectives, sizeof objectives},
    {"penalties", penalties, sizeof penalties},
    {"pictures", pictures, sizeof pictures},
    {"point_sets", point_sets, sizeof point_sets},
    {"reach", reach, sizeof reach},
    {"runs", runs, sizeof runs},
    {"scores", scores, sizeof scores},
    {"signals", signals, sizeof signals},
    {"stopping", stopping, sizeof stopping},
    {"training", training, sizeof training},
    {"transport", transport, sizeof transport},
    {"vae", vae, sizeof vae},
    {"variety", variety, sizeof variety},
    {"wgan", wgan, sizeof wgan},
    {"wgan_gp", wgan_gp, sizeof wgan_gp},
};
const size_t standard_module_count = sizeof standard_modules / sizeof standard_modules[0];

const standard_module *standard_module_table(void) { return standard_modules; }
