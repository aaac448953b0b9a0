// Written by stdlib/embed.
#include "standard_library.h"

static const unsigned char module_acgan[] = {
#embed "../../stdlib/acgan.gan"
};

static const unsigned char module_adversarial[] = {
#embed "../../stdlib/adversarial.gan"
};

static const unsigned char module_began[] = {
#embed "../../stdlib/began.gan"
};

static const unsigned char module_cgan[] = {
#embed "../../stdlib/cgan.gan"
};

static const unsigned char module_checking[] = {
#embed "../../stdlib/checking.gan"
};

static const unsigned char module_classes[] = {
#embed "../../stdlib/classes.gan"
};

static const unsigned char module_classifier[] = {
#embed "../../stdlib/classifier.gan"
};

static const unsigned char module_cvae[] = {
#embed "../../stdlib/cvae.gan"
};

static const unsigned char module_diagnosis[] = {
#embed "../../stdlib/diagnosis.gan"
};

static const unsigned char module_discriminator_findings[] = {
#embed "../../stdlib/discriminator_findings.gan"
};

static const unsigned char module_dragan[] = {
#embed "../../stdlib/dragan.gan"
};

static const unsigned char module_durations[] = {
#embed "../../stdlib/durations.gan"
};

static const unsigned char module_ebgan[] = {
#embed "../../stdlib/ebgan.gan"
};

static const unsigned char module_evaluation[] = {
#embed "../../stdlib/evaluation.gan"
};

static const unsigned char module_events[] = {
#embed "../../stdlib/events.gan"
};

static const unsigned char module_features[] = {
#embed "../../stdlib/features.gan"
};

static const unsigned char module_findings[] = {
#embed "../../stdlib/findings.gan"
};

static const unsigned char module_fitting[] = {
#embed "../../stdlib/fitting.gan"
};

static const unsigned char module_gan[] = {
#embed "../../stdlib/gan.gan"
};

static const unsigned char module_inception[] = {
#embed "../../stdlib/inception.gan"
};

static const unsigned char module_infogan[] = {
#embed "../../stdlib/infogan.gan"
};

static const unsigned char module_keeping[] = {
#embed "../../stdlib/keeping.gan"
};

static const unsigned char module_landscapes[] = {
#embed "../../stdlib/landscapes.gan"
};

static const unsigned char module_latent[] = {
#embed "../../stdlib/latent.gan"
};

static const unsigned char module_loss_sensitive_gan[] = {
#embed "../../stdlib/loss_sensitive_gan.gan"
};

static const unsigned char module_lsgan[] = {
#embed "../../stdlib/lsgan.gan"
};

static const unsigned char module_measures[] = {
#embed "../../stdlib/measures.gan"
};

static const unsigned char module_modes[] = {
#embed "../../stdlib/modes.gan"
};

static const unsigned char module_neighbors[] = {
#embed "../../stdlib/neighbors.gan"
};

static const unsigned char module_numbers[] = {
#embed "../../stdlib/numbers.gan"
};

static const unsigned char module_objectives[] = {
#embed "../../stdlib/objectives.gan"
};

static const unsigned char module_penalties[] = {
#embed "../../stdlib/penalties.gan"
};

static const unsigned char module_pictures[] = {
#embed "../../stdlib/pictures.gan"
};

static const unsigned char module_playing[] = {
#embed "../../stdlib/playing.gan"
};

static const unsigned char module_point_sets[] = {
#embed "../../stdlib/point_sets.gan"
};

static const unsigned char module_reach[] = {
#embed "../../stdlib/reach.gan"
};

static const unsigned char module_runs[] = {
#embed "../../stdlib/runs.gan"
};

static const unsigned char module_sampling[] = {
#embed "../../stdlib/sampling.gan"
};

static const unsigned char module_scores[] = {
#embed "../../stdlib/scores.gan"
};

static const unsigned char module_signals[] = {
#embed "../../stdlib/signals.gan"
};

static const unsigned char module_stopping[] = {
#embed "../../stdlib/stopping.gan"
};

static const unsigned char module_training[] = {
#embed "../../stdlib/training.gan"
};

static const unsigned char module_transport[] = {
#embed "../../stdlib/transport.gan"
};

static const unsigned char module_vae[] = {
#embed "../../stdlib/vae.gan"
};

static const unsigned char module_variety[] = {
#embed "../../stdlib/variety.gan"
};

static const unsigned char module_watching[] = {
#embed "../../stdlib/watching.gan"
};

static const unsigned char module_wgan[] = {
#embed "../../stdlib/wgan.gan"
};

static const unsigned char module_wgan_gp[] = {
#embed "../../stdlib/wgan_gp.gan"
};

static const standard_module standard_modules[] = {
    {"acgan", module_acgan, sizeof module_acgan},
    {"adversarial", module_adversarial, sizeof module_adversarial},
    {"began", module_began, sizeof module_began},
    {"cgan", module_cgan, sizeof module_cgan},
    {"checking", module_checking, sizeof module_checking},
    {"classes", module_classes, sizeof module_classes},
    {"classifier", module_classifier, sizeof module_classifier},
    {"cvae", module_cvae, sizeof module_cvae},
    {"diagnosis", module_diagnosis, sizeof module_diagnosis},
    {"discriminator_findings", module_discriminator_findings, sizeof module_discriminator_findings},
    {"dragan", module_dragan, sizeof module_dragan},
    {"durations", module_durations, sizeof module_durations},
    {"ebgan", module_ebgan, sizeof module_ebgan},
    {"evaluation", module_evaluation, sizeof module_evaluation},
    {"events", module_events, sizeof module_events},
    {"features", module_features, sizeof module_features},
    {"findings", module_findings, sizeof module_findings},
    {"fitting", module_fitting, sizeof module_fitting},
    {"gan", module_gan, sizeof module_gan},
    {"inception", module_inception, sizeof module_inception},
    {"infogan", module_infogan, sizeof module_infogan},
    {"keeping", module_keeping, sizeof module_keeping},
    {"landscapes", module_landscapes, sizeof module_landscapes},
    {"latent", module_latent, sizeof module_latent},
    {"loss_sensitive_gan", module_loss_sensitive_gan, sizeof module_loss_sensitive_gan},
    {"lsgan", module_lsgan, sizeof module_lsgan},
    {"measures", module_measures, sizeof module_measures},
    {"modes", module_modes, sizeof module_modes},
    {"neighbors", module_neighbors, sizeof module_neighbors},
    {"numbers", module_numbers, sizeof module_numbers},
    {"objectives", module_objectives, sizeof module_objectives},
    {"penalties", module_penalties, sizeof module_penalties},
    {"pictures", module_pictures, sizeof module_pictures},
    {"playing", module_playing, sizeof module_playing},
    {"point_sets", module_point_sets, sizeof module_point_sets},
    {"reach", module_reach, sizeof module_reach},
    {"runs", module_runs, sizeof module_runs},
    {"sampling", module_sampling, sizeof module_sampling},
    {"scores", module_scores, sizeof module_scores},
    {"signals", module_signals, sizeof module_signals},
    {"stopping", module_stopping, sizeof module_stopping},
    {"training", module_training, sizeof module_training},
    {"transport", module_transport, sizeof module_transport},
    {"vae", module_vae, sizeof module_vae},
    {"variety", module_variety, sizeof module_variety},
    {"watching", module_watching, sizeof module_watching},
    {"wgan", module_wgan, sizeof module_wgan},
    {"wgan_gp", module_wgan_gp, sizeof module_wgan_gp},
};
const size_t standard_module_count = sizeof standard_modules / sizeof standard_modules[0];

const standard_module *standard_module_table(void) { return standard_modules; }
