#pragma once
#include "spatium/relations/decide.h"

namespace spatium {

// Every threshold of the questions. "Chosen": no source gives upstream's value; docs/conventions.md
// lists these as chosen, unverified. Distances in metres.
namespace limits {

// Answers ------------------------------------------------------------------------------------

// Depths and distances are told to 0.1 m, as SPAR's are (spar.md 1.2).
inline constexpr double kMetreStep = 0.1;
// An answer this close to where its rounding changes is refused: boxes of one object measured in
// two ways (mesh vertices, annotation) may differ by a millimetre, poses by less.
inline constexpr double kRoundingMargin = 0.002;
// Below this a depth difference is a tie: its rounded value could be zero (chosen).
inline constexpr double kMinDepthDifference = 0.1;
// Centres nearer than this belong to touching things; "how far apart" then has no clear sense
// (chosen).
inline constexpr double kMinDistance = 0.25;

// Closer / farther of two distances: 0.1 m, the step of all told lengths, and 5 % of the larger
// (chosen).
inline constexpr DeadZone kNearerZone{.width = 0.10, .margin = 0.005};
inline constexpr double kNearerRelative = 0.05;

// Left/right, above/below, closer/farther between two objects: one decimal of a metre, the step
// in which everything else is told (chosen; upstream's dead zone is unknown).
inline constexpr DeadZone kRelationZone{.width = 0.10, .margin = 0.003};

// View change: 0.1 m and 5 degrees, as every seen published answer (spar.md 1.4).
inline constexpr double kMoveStep = 0.1;
inline constexpr double kTurnStepDeg = 5;
// Refused within 5 % of a step of a rounding border, on any of the five values.
inline constexpr double kStepMargin = 0.05;
// The answer has no roll; a change of roll above this would be a part of the truth left out:
// hand-held cameras roll by a few degrees between any two pictures (chosen).
inline constexpr double kMaxRollDeg = 10;
// Less than this of both is no view change that one could see (chosen).
inline constexpr double kMinMove = 0.25;
inline constexpr double kMinTurnDeg = 10;
// More than this and two pictures of a room share too little to tell the motion (chosen).
inline constexpr double kMaxMove = 4;
inline constexpr double kMaxTurnDeg = 100;
// Of the surfaces that either picture shows, the share that lies in the other's field of view
// (chosen): what two pictures need in common to tell how the camera moved.
inline constexpr double kMinOverlap = 0.15;
// Where no depth says so: objects that both views show.
inline constexpr int kMinSharedObjects = 2;

// Views --------------------------------------------------------------------------------------

// Nearer than this a camera sees a patch, not a thing; beyond, depth cameras of phones and rooms
// give little and objects are a few pixels (chosen).
inline constexpr double kMinDepth = 0.4;
inline constexpr double kMaxDepth = 8;
// Of the picture's area: 1000 pixels of 1296 x 968, as visibility.h counts a thing as seen.
inline constexpr double kMinVisibleArea = 0.0008;
// Of the picture's width and height: the shorter side of the projected box (chosen).
inline constexpr double kMinBoxSide = 0.02;
// A marker nearer to the border than this is easily missed (chosen).
inline constexpr double kBorder = 0.008;
// What must be seen of an object whose centre is marked (chosen). Of the part inside the picture,
// a quarter is not hidden; and an eighth of the thing is inside, the middle of it, which with its
// name tells what it is and how far it goes on.
inline constexpr double kPointUnhidden = 0.25;
inline constexpr double kPointTruncated = 0.87;
// What must be seen of an object that is boxed: its projected box is then close to what is seen.
// Shares as above.
inline constexpr double kBoxUnhidden = 0.33;
inline constexpr double kBoxTruncated = 0.75;
// ... and by intersection over union with the box of what is seen: where depth maps never saw the
// rest of a thing, its silhouette does not know of it, but its box does.
inline constexpr double kBoxTightness = 0.25;
// A box that is itself the answer is asked for only where most of what it bounds is seen (chosen);
// where the picture cuts it, the picture's border is its side.
inline constexpr double kMatchUnhidden = 0.65;
inline constexpr double kMatchTruncated = 0.4;
// ... and where the projected 3D box is about the box of what is seen: at this intersection over
// union, what a person would draw counts as right by the usual threshold.
inline constexpr double kMatchTightness = 0.5;
// The object that is to be found again is mostly inside the first picture (chosen).
inline constexpr double kSearchTruncated = 0.5;
// A boxed object fills less than this of the picture: a box around everything marks nothing.
inline constexpr double kMaxBoxArea = 0.85;

// The surface seen at a marker lies within the object's box grown by this: sensor noise of a
// depth camera at 3 m plus pose error (chosen; checked at the marker and around it).
inline constexpr double kSurfaceTolerance = 0.04;
// Where the surfaces of other frames put a frame's camera elsewhere than its pose does
// (scene/pose_by_surfaces.h): the most that a centre's depth changes, in metres and as a share of
// it: an answer is told to 0.1 m, and 5 % is the finest class of the scorers.
inline constexpr double kPoseDepth = 0.05;
inline constexpr double kPoseDepthShare = 0.05;
// ... how far a centre moves, of the picture's width, before its marker is judged under both: the
// breadth of a marker.
inline constexpr double kPoseMarker = 0.012;
// ... the least intersection over union of the two projected boxes where the box is a marker and
// where it is the answer (chosen): at 0.8 one side of a box stands a tenth of it beside the thing.
inline constexpr double kPoseBoxIou = 0.65;
inline constexpr double kPoseMatchIou = 0.8;
// ... and the most that the camera itself moves, in metres, and turns, in degrees, for a question
// about its motion (chosen): about a step of the answer.
inline constexpr double kPoseMove = 0.15;
inline constexpr double kPoseTurnDeg = kTurnStepDeg;
// From this shift of what is seen, of the picture's width (median), no point of a frame is marked
// (chosen): the camera moved so fast that colour picture and depth map were taken elsewhere.
inline constexpr double kPoseFrame = 0.05;
// A wall, floor or ceiling whose box is thinner than the first is a slab; what stands out from it
// by more than the second is not seen where the surface lies within the margin of the slab
// (chosen).
inline constexpr double kSlabThickness = 0.2;
inline constexpr double kStandingOut = 0.15;
inline constexpr double kSlabMargin = 0.005;
// The part of another thing's box, from its far side, in which a surface is not taken for it
// (chosen).
inline constexpr double kBackShare = 0.2;
// Of a thing with less than this share of the marked one's volume that part is at most so deep
// (chosen: as kBackMax_m of visibility/depth_owner.h).
inline constexpr double kSmallThing = 0.25;
inline constexpr double kSmallThingBack = 0.04;
// The most of that part at a box's underside: labelled segments take in a rim of what a thing
// stands on (chosen).
inline constexpr double kSupportDepth = 0.005;
// A thing lower than this is as low as what it stands on: a paper, a rug (chosen).
inline constexpr double kFlatThing = 0.02;
// Radius of that check, of the picture's width: as large as the marker is drawn.
inline constexpr double kMarkerRadius = 0.006;

// Pairs of objects ---------------------------------------------------------------------------

// Two boxes that share more than this are one thing under two labels, or one inside the other: a
// door and its frame have 0.6 (chosen).
inline constexpr double kMaxIou = 0.15;
// Markers nearer than this, of the picture's width, hide each other (chosen).
inline constexpr double kMinMarkerGap = 0.03;
// Two drawn boxes with more than this IoU cannot be told apart (chosen).
inline constexpr double kMaxBoxIou = 0.6;

// Options ------------------------------------------------------------------------------------

// Neighbouring numeric options differ by at least this, and by this share of the larger (chosen):
// an answer within the scorer's first error class is then not another option.
inline constexpr double kMinOptionGap = 0.2;
inline constexpr double kOptionRatio = 1.2;
// Wrong boxes share at most this with the right one and with each other (chosen).
inline constexpr double kMaxOptionIou = 0.4;
// ... and have an area between 1 / this and this of the right one's.
inline constexpr double kMaxOptionAreaRatio = 4;

// Counting -----------------------------------------------------------------------------------

// Frames of a video (spar.md 1.2).
inline constexpr int kVideoFrames = 32;
// Each counted thing must be seen this well in some frame of the video (chosen).
inline constexpr double kCountVisible = 0.3;

// Shares -------------------------------------------------------------------------------------

// No single answer may make up more than this of a task's facts in a scene, from this many facts
// on; what is above is left out by keyed draws (chosen).
inline constexpr double kMaxAnswerShare = 0.25;
inline constexpr int kMinFactsForShare = 40;
// ... but of four answers or fewer each may come so much more often than evenly: those are drawn by
// coins, whose chance this is (chosen).
inline constexpr double kMaxOfFairShare = 1.2;

}  // namespace limits
}  // namespace spatium
