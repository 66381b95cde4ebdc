#pragma once
#include "spatium/synth/planner.h"

namespace spatium::synth {

// What each kind of room holds. Each works with whatever fits: a small room has less.
void FurnishLiving(Planner& p);
void FurnishDining(Planner& p);
void FurnishBedroom(Planner& p);
void FurnishOffice(Planner& p);
void FurnishMeeting(Planner& p);
void FurnishKitchen(Planner& p);
void FurnishBathroom(Planner& p);
void FurnishStudio(Planner& p);

// Groups that several kinds share.
Spot SofaGroup(Planner& p, bool with_tv);
Spot DiningGroup(Planner& p);
Spot Workplace(Planner& p);             // desk, chair, machines
Spot BedGroup(Planner& p);              // bed, nightstands, lamps, pillows
void KitchenRun(Planner& p, int wall);  // counter, sink, stove, cupboards along one wall
void Bookcase(Planner& p, double fill);
void Walls(Planner& p, int pictures);

}  // namespace spatium::synth
